package io.vivace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What chart 1.52.4 renders and Kubernetes or clients hold on to: names, selectors, Service types,
/// ports, the identity of StatefulSets and their claims. The facts were read from its output; with
/// the overlay of its defaults ours must be equal.
class FactsTest {
  @TestFactory
  Stream<DynamicTest> anUpgradeInPlaceChangesNothingThatIsImmutable() throws IOException {
    String text = Files.readString(Path.of("src/test/resources/facts-1.52.4.json"));
    List<?> cases = (List<?>) java.util.Objects.requireNonNull(Yaml.parse(text));
    return cases.stream()
        .map(Yaml::map)
        .map(known -> DynamicTest.dynamicTest(Yaml.textAt(known, "case"), () -> compare(known)));
  }

  private static void compare(Map<String, Object> known) {
    Rendered ours =
        Chart.render(Yaml.textAt(known, "release"), Yaml.mapAt(known, "values"), Chart.COMPATIBLE);
    for (Map<String, Object> fact : Yaml.mapsAt(known, "objects")) {
      String kind = Yaml.textAt(fact, "kind");
      Map<String, Object> object = ours.get(kind, Yaml.textAt(fact, "name"));

      assertThat(factsOf(kind, object, fact)).as("%s", fact).isEqualTo(fact);
    }
  }

  private static Map<String, Object> factsOf(
      String kind, Map<String, Object> object, Map<String, Object> fact) {
    Map<String, Object> facts = new java.util.LinkedHashMap<>();
    facts.put("kind", kind);
    facts.put("name", Rendered.name(object));
    Map<String, Object> spec = Yaml.mapAt(object, "spec");
    switch (kind) {
      case "Deployment", "StatefulSet" -> {
        facts.put("selector", Yaml.mapAt(spec, "selector", "matchLabels"));
        facts.put("containers", containers(spec));
        if (kind.equals("StatefulSet")) {
          facts.put("serviceName", Yaml.textAt(spec, "serviceName"));
          Yaml.at(spec, "podManagementPolicy")
              .ifPresent(policy -> facts.put("podManagementPolicy", policy));
          facts.put("volumeClaimTemplates", Yaml.mapsAt(spec, "volumeClaimTemplates"));
        }
      }
      case "Service" -> {
        facts.put("selector", Yaml.mapAt(spec, "selector"));
        facts.put("type", Yaml.textAt(spec, "type"));
        Yaml.at(spec, "clusterIP").ifPresent(address -> facts.put("clusterIP", address));
        facts.put("ports", ports(spec));
      }
      case "ConfigMap", "Secret" -> facts.put("keys", keys(object, fact));
      case "PodDisruptionBudget" ->
          facts.put("selector", Yaml.mapAt(spec, "selector", "matchLabels"));
      default -> {
        // the name is all there is
      }
    }
    return facts;
  }

  /// The gateway's container has a new name: it is no nginx, and a name can change.
  private static List<Object> containers(Map<String, Object> spec) {
    return Yaml.mapsAt(spec, "template", "spec", "containers").stream()
        .map(container -> (Object) Yaml.textAt(container, "name").replace("gateway", "nginx"))
        .toList();
  }

  private static List<Object> ports(Map<String, Object> spec) {
    List<Object> ports = new ArrayList<>();
    for (Map<String, Object> port : Yaml.mapsAt(spec, "ports")) {
      ports.add(
          Map.of(
              "name", Yaml.textAt(port, "name"),
              "port", java.util.Objects.requireNonNull(port.get("port")),
              "protocol", Yaml.textAt(port, "protocol")));
    }
    return ports;
  }

  /// The keys that pods and people know; what belongs to nginx is gone.
  private static List<Object> keys(Map<String, Object> object, Map<String, Object> fact) {
    List<?> known = (List<?>) Yaml.at(fact, "keys").orElse(List.of());
    List<Object> keys = new ArrayList<>();
    for (Object key : known) {
      if (Yaml.mapAt(object, "data").containsKey(String.valueOf(key))
          || Yaml.mapAt(object, "stringData").containsKey(String.valueOf(key))) {
        keys.add(key);
      }
    }
    return keys;
  }
}
