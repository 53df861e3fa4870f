package io.vivace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every value does something: changed, it changes what is rendered.
class ValuesTest {
  /// Values of the old chart that are accepted and do nothing, as their comments and the notes of
  /// the installation say.
  private static final List<String> IGNORED =
      List.of(
          "queryFrontend.query",
          "queryFrontend.ingress",
          "queryFrontend.service.port",
          "metaMonitoring.grafanaAgent",
          "rollout_operator",
          "rbac.pspEnabled",
          "memcached.host",
          "storage.admin",
          "minio.mode",
          "minio.configPathmc",
          "enterprise.enabled",
          // hooks, which the library leaves out: CommandLineTest has them
          "tests");

  /// Values that only count in a configuration that excludes another one, with what switches it.
  private static final Map<String, List<String>> BASES =
      Map.ofEntries(
          Map.entry("gateway.nginxConfig", List.of("gateway-nginx")),
          Map.entry("gateway.nginxConfig.file", List.of("everything")),
          Map.entry("global.dnsService", List.of("gateway-nginx")),
          Map.entry("global.dnsNamespace", List.of("gateway-nginx")),
          Map.entry("ingester.zoneAwareReplication", List.of("zones")),
          Map.entry("ingester.persistence", List.of("pvc")),
          Map.entry("ingester.persistentVolumeClaimRetentionPolicy", List.of("pvc")),
          Map.entry("externalConfigSecretName", List.of("external-config")),
          Map.entry("externalRuntimeConfigName", List.of("external-config")),
          Map.entry("externalConfigVersion", List.of("external-config")),
          Map.entry("ingress", List.of("no-gateway")),
          Map.entry("gateway.ingress", List.of("gateway")),
          Map.entry("gateway.basicAuth", List.of("gateway")),
          Map.entry("gateway.service.nodePort", List.of("gateway")),
          Map.entry("minio", List.of("quick-start-minio")),
          Map.entry("metricsGenerator", List.of("metrics-generator")),
          Map.entry("metaMonitoring", List.of("monitoring")),
          Map.entry("prometheusRule", List.of("monitoring")),
          Map.entry("grafanaDatasource", List.of("monitoring")),
          Map.entry("networkPolicy", List.of("network-policy")),
          Map.entry("storage.trace.s3", List.of("s3-expand-env")),
          Map.entry("storage.trace.gcs", List.of("gcs")),
          Map.entry("storage.trace.azure", List.of("azure")),
          Map.entry("storage.trace.local", List.of("shared-volume")),
          Map.entry("storage.trace.existingSecret", List.of("s3-existing-secret")),
          Map.entry("storage.trace.block", List.of("dedicated-columns")),
          Map.entry("compactor.autoscaling.hpa", List.of("autoscaling")),
          Map.entry("compactor.autoscaling.keda", List.of("keda")),
          Map.entry("serviceAccount.create", List.of("default")),
          Map.entry("serviceAccount.name", List.of("default")),
          Map.entry("tempo.securityContext", List.of("default")),
          Map.entry("tempo.podSecurityContext", List.of("default")),
          Map.entry("jvm.assumedMemory", List.of("metrics-generator")),
          Map.entry("distributor.maxUnavailable", List.of("default")),
          Map.entry("distributor.config.log_received_spans", List.of("quick-start-minio")),
          Map.entry("distributor.config.log_discarded_spans", List.of("quick-start-minio")),
          Map.entry("compactor.autoscaling", List.of("autoscaling")),
          Map.entry("metricsGenerator.walEmptyDir", List.of("metrics-generator-deployment")),
          Map.entry("distributor.config.cost_attribution", List.of("monitoring")),
          Map.entry("memcachedExporter", List.of("everything")));

  private static final Set<String> DURATION_ENDS = Set.of("s", "m", "h");

  @Test
  @Tag("slow")
  void everyValueChangesWhatIsRendered() {
    List<String> idle = new ArrayList<>();
    Map<String, Rendered> rendered = new LinkedHashMap<>();
    walk(
        "",
        Chart.values(),
        (path, value) -> {
          if (isBelow(path, IGNORED)) {
            return;
          }
          Path base = Chart.fixture(base(path));
          Rendered before =
              rendered.computeIfAbsent(base.toString(), _ -> Chart.render("tempo", base));
          if (!changes(path, value, base, before)) {
            idle.add(path);
          }
        });

    assertThat(idle).isEmpty();
  }

  private interface Visitor {
    void visit(String path, Object value);
  }

  private static void walk(String path, Map<String, Object> values, Visitor visitor) {
    values.forEach((key, value) -> {
      String at = path.isEmpty() ? key : path + "." + key;
      if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
        walk(at, Yaml.map(inner), visitor);
      } else {
        visitor.visit(at, value);
      }
    });
  }

  private static boolean isBelow(String path, List<String> prefixes) {
    return prefixes.stream()
        .anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "."));
  }

  /// The fixture of the longest prefix, else the one with a bit of everything.
  private static String base(String path) {
    if (path.matches("\\w+\\.image\\.pullSecrets") && !path.matches("metrics.*|minio.*")) {
      return path.startsWith("memcachedExporter") ? "monitoring" : "default";
    }
    if (path.matches("\\w+\\.autoscaling\\..*") && !path.startsWith("compactor.")) {
      return path.contains(".keda.") ? "keda" : "autoscaling";
    }
    return BASES.entrySet().stream()
        .filter(entry -> isBelow(path, List.of(entry.getKey())))
        .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(entry -> entry.getValue().getFirst())
        .orElse("everything");
  }

  /// Whether one of the values that could stand there changes anything. What is not accepted there
  /// does not count.
  private static boolean changes(String path, Object value, Path base, Rendered before) {
    for (Object other : others(value)) {
      if (differs(path, other, base, before)) {
        return true;
      }
    }
    return false;
  }

  private static boolean differs(String path, Object other, Path base, Rendered before) {
    try {
      return !Chart.render("tempo", nested(path, other), base).equals(before);
    } catch (IllegalStateException e) {
      return false; // of another type, or refused together with the rest of the fixture
    }
  }

  private static List<Object> others(Object value) {
    String text = String.valueOf(value);
    return switch (value) {
      case Boolean _ -> List.of(true, false);
      case Integer number -> List.of(number + 1, number == 0 ? 7 : number - 1);
      case Number number -> List.of(number.doubleValue() + 1);
      case List<?> _ ->
          List.of(
              List.of(Map.of("name", "other", "ip", "10.1.1.1", "key", "other")),
              List.of("other"),
              List.of(),
              List.of(Map.of("port", 1234, "name", "other")),
              List.of(Map.of("name", "a"), Map.of("name", "b"), Map.of("name", "c")));
      case Map<?, ?> _ ->
          List.of(
              Map.of("other", "x"),
              Map.of("enabled", true),
              Map.of("type", "Recreate"),
              Map.of("maxHeap", "9m"),
              Map.of("grpc", "other"),
              Map.of("nodeSelector", Map.of("other", "x")));
      default ->
          DURATION_ENDS.stream().anyMatch(text::endsWith) && text.matches("[0-9.]+[a-z0-9.]*")
              ? List.of("17s")
              : List.of(
                  "other",
                  "debug",
                  "json",
                  "g1",
                  "true",
                  "s3",
                  "Secret",
                  "spring",
                  "nginx",
                  "StatefulSet",
                  "Deployment",
                  "Delete",
                  "RollingUpdate",
                  "Local",
                  "LoadBalancer",
                  "NodePort",
                  "PreferDualStack",
                  "Always",
                  "https",
                  "768Mi",
                  "Memory",
                  "vParquet4",
                  "11Gi",
                  "Retain",
                  "multitenancy_enabled: true",
                  true,
                  false,
                  3);
    };
  }

  private static Map<String, Object> nested(String path, Object value) {
    int dot = path.indexOf('.');
    return dot < 0
        ? Map.of(path, value)
        : Map.of(path.substring(0, dot), nested(path.substring(dot + 1), value));
  }
}
