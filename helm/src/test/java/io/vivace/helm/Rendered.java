package io.vivace.helm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the chart rendered.
///
/// @param objects the objects, in order
record Rendered(List<Map<String, Object>> objects) {

  /// A pod template and what it belongs to.
  ///
  /// @param owner `kind/name`
  /// @param labels of the pods
  /// @param spec of the pods
  record Pods(String owner, Map<String, Object> labels, Map<String, Object> spec) {
    List<Map<String, Object>> containers() {
      return Yaml.mapsAt(spec, "containers");
    }

    List<Map<String, Object>> allContainers() {
      return Stream.concat(containers().stream(), Yaml.mapsAt(spec, "initContainers").stream())
          .toList();
    }
  }

  static String kind(Map<String, Object> object) {
    return Yaml.textAt(object, "kind");
  }

  static String name(Map<String, Object> object) {
    return Yaml.textAt(object, "metadata", "name");
  }

  List<Map<String, Object>> ofKind(String kind) {
    return objects.stream().filter(object -> kind(object).equals(kind)).toList();
  }

  Optional<Map<String, Object>> find(String kind, String name) {
    return ofKind(kind).stream().filter(object -> name(object).equals(name)).findFirst();
  }

  Map<String, Object> get(String kind, String name) {
    return find(kind, name)
        .orElseThrow(() -> new AssertionError(kind + " " + name + " is not rendered"));
  }

  /// The pods of Deployments and StatefulSets, and the bare ones.
  List<Pods> pods() {
    return objects.stream()
        .flatMap(object -> {
          String owner = kind(object) + "/" + name(object);
          return switch (kind(object)) {
            case "Deployment", "StatefulSet" ->
                Stream.of(
                    new Pods(
                        owner,
                        Yaml.mapAt(object, "spec", "template", "metadata", "labels"),
                        Yaml.mapAt(object, "spec", "template", "spec")));
            case "Pod" ->
                Stream.of(
                    new Pods(
                        owner,
                        Yaml.mapAt(object, "metadata", "labels"),
                        Yaml.mapAt(object, "spec")));
            default -> Stream.empty();
          };
        })
        .toList();
  }

  /// The first container of the workload of this name.
  Map<String, Object> container(String kind, String name) {
    return Yaml.mapsAt(get(kind, name), "spec", "template", "spec", "containers").getFirst();
  }

  /// The configuration files `tempo.yaml`, by the name of their object.
  Map<String, String> configurations() {
    Map<String, String> found = new java.util.TreeMap<>();
    for (Map<String, Object> object : objects) {
      String text = Yaml.textAt(object, "data", "tempo.yaml");
      if (!text.isEmpty()) {
        boolean secret = kind(object).equals("Secret");
        found.put(
            name(object),
            secret ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8) : text);
      }
    }
    return found;
  }

  /// The labels select the pods.
  static boolean selects(Map<String, Object> selector, Map<String, Object> labels) {
    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }
}
