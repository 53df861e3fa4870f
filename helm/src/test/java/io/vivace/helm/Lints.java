package io.vivace.helm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a schema cannot see: objects that refer to each other must find each other.
final class Lints {
  private final Rendered rendered;
  private final List<String> problems = new ArrayList<>();

  Lints(Rendered rendered) {
    this.rendered = rendered;
  }

  /// One line for each thing that does not fit.
  List<String> problems() {
    problems.clear();
    names();
    rendered.ofKind("Service").forEach(this::service);
    rendered.pods().forEach(this::pod);
    rendered.ofKind("PodDisruptionBudget").forEach(this::budget);
    rendered.ofKind("HorizontalPodAutoscaler").forEach(this::target);
    rendered.ofKind("ScaledObject").forEach(this::target);
    rendered.ofKind("Ingress").forEach(this::ingress);
    rendered.ofKind("ServiceMonitor").forEach(this::monitor);
    return List.copyOf(problems);
  }

  private void names() {
    Set<String> seen = new HashSet<>();
    for (Map<String, Object> object : rendered.objects()) {
      String name = Rendered.kind(object) + "/" + Rendered.name(object);
      check(seen.add(name), name + " is there twice");
      check(Rendered.name(object).length() <= 63, name + " is too long");
      for (Object value : Yaml.mapAt(object, "metadata", "labels").values()) {
        check(String.valueOf(value).length() <= 63, name + ": label too long: " + value);
      }
    }
  }

  private List<Rendered.Pods> selected(Map<String, Object> selector) {
    return rendered.pods().stream()
        .filter(pods -> Rendered.selects(selector, pods.labels()))
        .toList();
  }

  private void service(Map<String, Object> service) {
    String name = "Service/" + Rendered.name(service);
    Map<String, Object> selector = Yaml.mapAt(service, "spec", "selector");
    List<Rendered.Pods> targets = selected(selector);
    check(!targets.isEmpty(), name + " selects no pods");
    boolean several = selector.containsKey("app.kubernetes.io/part-of");
    Set<Object> components = new HashSet<>();
    targets.forEach(
        pods -> components.add(Yaml.textAt(pods.labels(), "app.kubernetes.io/component")));
    check(several || components.size() <= 1, name + " selects several components: " + components);
    Set<String> ports = new HashSet<>();
    for (Map<String, Object> port : Yaml.mapsAt(service, "spec", "ports")) {
      check(ports.add(Yaml.textAt(port, "name")), name + ": port twice: " + port);
      String target = Yaml.textAt(port, "targetPort");
      if (target.equals("http-metrics") && Rendered.name(service).endsWith("-memcached")) {
        continue; // as in 1.52.4 the port stays when there is no exporter
      }
      for (Rendered.Pods pods : targets) {
        check(has(pods, target, port), name + ": " + pods.owner() + " has no port " + target);
      }
    }
  }

  private static boolean has(Rendered.Pods pods, String target, Map<String, Object> port) {
    String protocol = Yaml.at(port, "protocol").map(String::valueOf).orElse("TCP");
    return pods.containers().stream()
        .flatMap(container -> Yaml.mapsAt(container, "ports").stream())
        .filter(
            found -> Yaml.at(found, "protocol").map(String::valueOf).orElse("TCP").equals(protocol))
        .anyMatch(found ->
            Yaml.textAt(found, "name").equals(target)
                || Yaml.textAt(found, "containerPort").equals(target));
  }

  private void pod(Rendered.Pods pods) {
    Set<String> volumes = new HashSet<>();
    for (Map<String, Object> volume : Yaml.mapsAt(pods.spec(), "volumes")) {
      check(volumes.add(Yaml.textAt(volume, "name")), pods.owner() + ": volume twice: " + volume);
      source(pods, volume);
    }
    if (pods.owner().startsWith("StatefulSet/")) {
      Map<String, Object> set =
          rendered.get("StatefulSet", pods.owner().substring("StatefulSet/".length()));
      Yaml.mapsAt(set, "spec", "volumeClaimTemplates")
          .forEach(claim -> volumes.add(Rendered.name(claim)));
    }
    for (Map<String, Object> container : pods.allContainers()) {
      container(pods, container, volumes);
    }
  }

  /// ConfigMaps and Secrets of this release must exist, with the keys that are asked for.
  private void source(Rendered.Pods pods, Map<String, Object> volume) {
    for (String kind : List.of("configMap", "secret")) {
      Map<String, Object> source = Yaml.mapAt(volume, kind);
      String name = Yaml.textAt(source, kind.equals("secret") ? "secretName" : "name");
      if (source.isEmpty() || isForeign(name)) {
        continue;
      }
      String type = kind.equals("secret") ? "Secret" : "ConfigMap";
      Map<String, Object> object = rendered.find(type, name).orElse(Map.of());
      check(!object.isEmpty(), pods.owner() + ": no " + type + " " + name);
      Set<String> keys = new HashSet<>(Yaml.mapAt(object, "data").keySet());
      keys.addAll(Yaml.mapAt(object, "stringData").keySet());
      for (Map<String, Object> item : Yaml.mapsAt(source, "items")) {
        check(keys.contains(Yaml.textAt(item, "key")), pods.owner() + ": no key " + item);
      }
    }
    String claim = Yaml.textAt(volume, "persistentVolumeClaim", "claimName");
    check(
        claim.isEmpty() || rendered.find("PersistentVolumeClaim", claim).isPresent(),
        pods.owner() + ": no claim " + claim);
  }

  /// Objects that fixtures name as their own.
  private static boolean isForeign(String name) {
    return name.contains("own-") || name.equals("tempo-distributed-tls");
  }

  private void container(Rendered.Pods pods, Map<String, Object> container, Set<String> volumes) {
    String at = pods.owner() + " " + Yaml.textAt(container, "name");
    Set<String> mounted = new HashSet<>();
    for (Map<String, Object> mount : Yaml.mapsAt(container, "volumeMounts")) {
      check(volumes.contains(Yaml.textAt(mount, "name")), at + ": no volume for " + mount);
      check(mounted.add(Yaml.textAt(mount, "mountPath")), at + ": mounted twice: " + mount);
    }
    Set<String> ports = new HashSet<>();
    for (Map<String, Object> port : Yaml.mapsAt(container, "ports")) {
      String name = Yaml.textAt(port, "name");
      check(ports.add(name), at + ": port twice: " + name);
      check(name.length() <= 15, at + ": port name too long: " + name);
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      for (String way : List.of("httpGet", "tcpSocket")) {
        String port = Yaml.textAt(container, probe, way, "port");
        check(port.isEmpty() || ports.contains(port), at + ": " + probe + " asks port " + port);
      }
    }
    Set<String> variables = new HashSet<>();
    for (Map<String, Object> variable : Yaml.mapsAt(container, "env")) {
      check(variables.add(Yaml.textAt(variable, "name")), at + ": variable twice: " + variable);
    }
    String image = Yaml.textAt(container, "image");
    check(image.matches("[a-z0-9./:@_-]+[:@][A-Za-z0-9_.:-]+"), at + ": image " + image);
  }

  private void budget(Map<String, Object> budget) {
    String name = "PodDisruptionBudget/" + Rendered.name(budget);
    check(
        !selected(Yaml.mapAt(budget, "spec", "selector", "matchLabels")).isEmpty(),
        name + " selects no pods");
    String allowed = Yaml.textAt(budget, "spec", "maxUnavailable");
    check(!allowed.equals("0"), name + " allows no disruption");
  }

  private void target(Map<String, Object> scaler) {
    Map<String, Object> target = Yaml.mapAt(scaler, "spec", "scaleTargetRef");
    String kind = Yaml.textAt(target, "kind");
    String name = Yaml.textAt(target, "name");
    Map<String, Object> workload = rendered.find(kind, name).orElse(Map.of());
    check(!workload.isEmpty(), Rendered.name(scaler) + ": no " + kind + " " + name);
    check(
        Yaml.at(workload, "spec", "replicas").isEmpty(),
        Rendered.name(scaler) + ": the chart sets replicas too");
  }

  private void ingress(Map<String, Object> ingress) {
    for (Map<String, Object> rule : Yaml.mapsAt(ingress, "spec", "rules")) {
      for (Map<String, Object> path : Yaml.mapsAt(rule, "http", "paths")) {
        String name = Yaml.textAt(path, "backend", "service", "name");
        String port = Yaml.textAt(path, "backend", "service", "port", "number");
        boolean found =
            Yaml.mapsAt(rendered.find("Service", name).orElse(Map.of()), "spec", "ports").stream()
                .anyMatch(candidate -> Yaml.textAt(candidate, "port").equals(port));
        check(found, "Ingress/" + Rendered.name(ingress) + ": no " + name + ":" + port);
        check(!Yaml.textAt(path, "pathType").isEmpty(), "Ingress: no pathType: " + path);
      }
    }
  }

  private void monitor(Map<String, Object> monitor) {
    String name = "ServiceMonitor/" + Rendered.name(monitor);
    Map<String, Object> labels = Yaml.mapAt(monitor, "spec", "selector", "matchLabels");
    List<Map<String, Object>> services =
        rendered.ofKind("Service").stream()
            .filter(service -> Rendered.selects(labels, Yaml.mapAt(service, "metadata", "labels")))
            .filter(service ->
                !Yaml.textAt(service, "metadata", "labels", "prometheus.io/service-monitor")
                    .equals("false"))
            .toList();
    check(!services.isEmpty(), name + " selects no Service");
    for (Map<String, Object> endpoint : Yaml.mapsAt(monitor, "spec", "endpoints")) {
      String port = Yaml.textAt(endpoint, "port");
      long serving =
          services.stream()
              .filter(service ->
                  Yaml.mapsAt(service, "spec", "ports").stream()
                      .anyMatch(candidate -> Yaml.textAt(candidate, "name").equals(port)))
              .count();
      check(!port.isEmpty() || Yaml.at(endpoint, "targetPort").isPresent(), name + ": no port");
      check(port.isEmpty() || serving == 1, name + ": " + serving + " Services with " + port);
    }
  }

  private void check(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
