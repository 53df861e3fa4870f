package io.vivace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What single values do.
class ChartTest {
  private static final String NAME = "tempo-distributed";

  private static Map<String, Object> configuration(Rendered rendered, String name) {
    return Yaml.map(Yaml.parse(rendered.configurations().getOrDefault(name, "")));
  }

  private static Rendered rendered(String fixture) {
    return Chart.render(NAME, Chart.fixture(fixture));
  }

  @ParameterizedTest
  @CsvSource({
    "StatefulSet, ingester, 3, 512Mi, 1Gi",
    "Deployment, distributor, 2, 256Mi, 512Mi",
    "Deployment, querier, 2, 256Mi, 512Mi",
    "Deployment, query-frontend, 2, 256Mi, 512Mi",
    "Deployment, compactor, 1, 256Mi, 512Mi",
    "Deployment, gateway, 2, 128Mi, 256Mi"
  })
  void deploysWhatTheManualSays(
      String kind, String component, String replicas, String request, String limit) {
    Rendered rendered = rendered("default");
    Map<String, Object> container = rendered.container(kind, NAME + "-" + component);

    assertThat(Yaml.textAt(rendered.get(kind, NAME + "-" + component), "spec", "replicas"))
        .isEqualTo(replicas);
    assertThat(Yaml.textAt(container, "resources", "requests", "memory")).isEqualTo(request);
    assertThat(Yaml.textAt(container, "resources", "limits", "memory")).isEqualTo(limit);
    assertThat(Yaml.textAt(container, "securityContext", "runAsUser")).isEqualTo("10001");
  }

  @ParameterizedTest
  @CsvSource({
    "gateway, 80, TCP", "gateway, 4317, TCP", "query-frontend, 3200, TCP",
    "distributor, 4317, TCP", "distributor, 4318, TCP", "distributor, 9411, TCP",
    "distributor, 14250, TCP", "distributor, 14268, TCP", "distributor, 6831, UDP",
    "distributor, 6832, UDP", "distributor, 55678, TCP", "distributor, 3200, TCP"
  })
  void servesThePortsOfTheManual(String component, String port, String protocol) {
    Map<String, Object> service = rendered("default").get("Service", NAME + "-" + component);

    assertThat(Yaml.mapsAt(service, "spec", "ports"))
        .anyMatch(found ->
            Yaml.textAt(found, "port").equals(port)
                && Yaml.textAt(found, "protocol").equals(protocol));
  }

  @Test
  void keepsTheDataOfIngestersOnVolumes() {
    Map<String, Object> ingesters = rendered("default").get("StatefulSet", NAME + "-ingester");
    Map<String, Object> claim = Yaml.mapsAt(ingesters, "spec", "volumeClaimTemplates").getFirst();

    assertThat(Yaml.textAt(claim, "spec", "resources", "requests", "storage")).isEqualTo("10Gi");
  }

  @Test
  void laysTheTextOfTheManualOverTheConfiguration() {
    Map<String, Object> config = configuration(rendered("manual"), NAME + "-config");
    Map<String, Object> trace = Yaml.mapAt(config, "storage", "trace");

    assertThat(Yaml.textAt(trace, "backend")).isEqualTo("s3");
    assertThat(Yaml.textAt(trace, "s3", "endpoint")).isEqualTo("s3.amazonaws.com");
    assertThat(Yaml.textAt(trace, "wal", "path")).isEqualTo("/var/tempo/wal");
    assertThat(Yaml.textAt(config, "compactor", "compaction", "block_retention")).isEqualTo("168h");
  }

  @Test
  void replacesByFalseAndZeroAndFollowsThePortsOfTheConfiguration() {
    Rendered rendered = rendered("structured-config");
    Map<String, Object> config = configuration(rendered, NAME + "-config");
    Map<String, Object> container = rendered.container("Deployment", NAME + "-querier");

    assertThat(Yaml.textAt(config, "storage", "trace", "blocklist_poll_fallback"))
        .isEqualTo("false");
    assertThat(Yaml.textAt(config, "query_frontend", "max_retries")).isEqualTo("0");
    assertThat(Yaml.textAt(config, "querier", "max_concurrent_queries")).isEqualTo("7");
    assertThat(Yaml.textAt(config, "querier", "frontend_worker", "frontend_address"))
        .endsWith(":9195");
    assertThat(Yaml.mapsAt(container, "ports"))
        .extracting(port -> Yaml.textAt(port, "containerPort"))
        .containsExactly("3300", "9195", "7950");
    assertThat(
            Yaml.textAt(
                configuration(rendered, NAME + "-gateway"),
                "gateway",
                "upstreams",
                "query_frontend"))
        .isEqualTo(NAME + "-query-frontend.traces.svc.cluster.local:3300");
  }

  @ParameterizedTest
  @CsvSource({"256Mi, 112", "512Mi, 224", "536870912, 224", "1Gi, 608", "2Gi, 1376", "4G, 2700"})
  void boundsTheHeapByTheMemoryLimit(String limit, int heap) {
    Map<String, Object> values =
        Map.of(
            "distributor",
            Map.of("resources", Map.of("limits", Map.of("memory", limit, "cpu", "1500m"))));
    Map<String, Object> container =
        Chart.render(NAME, values).container("Deployment", NAME + "-distributor");

    assertThat(options(container))
        .contains("-Xmx" + heap + "m", "-XX:ActiveProcessorCount=2", "-XX:+UseSerialGC");
  }

  private static List<String> options(Map<String, Object> container) {
    return Yaml.mapsAt(container, "env").stream()
        .filter(variable -> Yaml.textAt(variable, "name").equals("JDK_JAVA_OPTIONS"))
        .flatMap(variable -> List.of(Yaml.textAt(variable, "value").split(" ")).stream())
        .toList();
  }

  @Test
  void leavesTheOptionsToValuesThatBringTheirOwn() {
    Map<String, Object> own = Map.of("name", "JDK_JAVA_OPTIONS", "value", "-Xmx1g");
    Map<String, Object> values = Map.of("querier", Map.of("extraEnv", List.of(own)));
    Map<String, Object> container =
        Chart.render(NAME, values).container("Deployment", NAME + "-querier");

    assertThat(options(container)).containsExactly("-Xmx1g");
  }

  @Test
  void bringsCredentialsFromASecretByVariables() {
    Rendered rendered = rendered("s3-existing-secret");
    Map<String, Object> container = rendered.container("StatefulSet", NAME + "-ingester");

    assertThat(
            Yaml.textAt(
                configuration(rendered, NAME + "-config"), "storage", "trace", "s3", "secret_key"))
        .isEqualTo("${STORAGE_TRACE_S3_SECRET_KEY}");
    assertThat(Yaml.textAt(container, "args")).contains("-config.expand-env=true");
    assertThat(Yaml.mapsAt(container, "env"))
        .extracting(variable -> Yaml.textAt(variable, "name"))
        .contains("STORAGE_TRACE_S3_SECRET_KEY", "STORAGE_TRACE_S3_ACCESS_KEY");
  }

  @Test
  void spreadsIngestersOverZones() {
    Rendered rendered = rendered("zones");
    Map<String, Object> zone = rendered.get("StatefulSet", NAME + "-ingester-zone-a");

    assertThat(Yaml.textAt(zone, "spec", "replicas")).isEqualTo("2");
    assertThat(Yaml.textAt(zone, "spec", "updateStrategy", "type")).isEqualTo("OnDelete");
    assertThat(Yaml.textAt(zone, "metadata", "annotations", "of")).isEqualTo("zone-a");
    assertThat(Yaml.textAt(zone, "spec", "template", "metadata", "annotations", "in"))
        .isEqualTo("zone-a");
    assertThat(
            Yaml.textAt(
                Yaml.mapsAt(zone, "spec", "volumeClaimTemplates").getFirst(),
                "spec",
                "storageClassName"))
        .isEqualTo("fast-a");
    assertThat(Yaml.textAt(rendered.container("StatefulSet", NAME + "-ingester-zone-a"), "args"))
        .contains("-ingester.availability-zone=zone-a");
    assertThat(
            Yaml.textAt(
                configuration(rendered, NAME + "-config"),
                "ingester",
                "lifecycler",
                "ring",
                "zone_awareness_enabled"))
        .isEqualTo("true");
  }

  @Test
  void turnsDynamicProvisioningOff() {
    Map<String, Object> set =
        rendered("no-dynamic-provisioning").get("StatefulSet", NAME + "-ingester");
    Map<String, Object> spec =
        Yaml.mapAt(Yaml.mapsAt(set, "spec", "volumeClaimTemplates").getFirst(), "spec");

    assertThat(spec).containsEntry("storageClassName", "");
  }

  @Test
  void givesTheGatewayItsPasswordsAndAPortForScrapers() {
    Rendered rendered = rendered("gateway");
    Map<String, Object> config = configuration(rendered, NAME + "-gateway");
    String htpasswd =
        Yaml.textAt(rendered.get("Secret", NAME + "-gateway"), "stringData", ".htpasswd");

    assertThat(htpasswd.strip()).startsWith("ann:$2a$");
    assertThat(Yaml.textAt(config, "gateway", "basic_auth", "htpasswd_file"))
        .isEqualTo("/etc/vivace/auth/.htpasswd");
    assertThat(Yaml.textAt(config, "gateway", "admin_listen_port")).isEqualTo("3200");
    assertThat(Yaml.textAt(config, "gateway", "access_log")).isEqualTo("failed");
  }

  @Test
  void keepsNginxForValuesThatBringIt() {
    Rendered rendered = rendered("gateway-nginx");
    String config = Yaml.textAt(rendered.get("ConfigMap", NAME + "-gateway"), "data", "nginx.conf");

    assertThat(Yaml.textAt(rendered.container("Deployment", NAME + "-gateway"), "image"))
        .isEqualTo("nginxinc/nginx-unprivileged:1.27-alpine");
    assertThat(config).contains("resolver 10.0.0.10", "robots.txt", "auth_basic \"Tempo\"");
  }

  @ParameterizedTest
  @CsvSource({
    "mon, '', '', mon-tempo-querier",
    "tempo, '', '', tempo-querier",
    "my-tempo-prod, '', '', my-tempo-prod-querier",
    "x, traces, '', x-traces-querier",
    "x, '', full, full-querier"
  })
  void namesThingsAsTheOldChart(String release, String name, String full, String expected) {
    Rendered rendered =
        Chart.render(release, Map.of("nameOverride", name, "fullnameOverride", full));

    assertThat(rendered.find("Deployment", expected)).isPresent();
  }

  @Test
  void scrapesEveryComponentUnderTheJobsOfTheDashboards() {
    Rendered rendered = rendered("monitoring");

    assertThat(rendered.ofKind("ServiceMonitor"))
        .extracting(Rendered::name)
        .contains(NAME + "-gateway", NAME + "-ingester", NAME + "-memcached");
    assertThat(String.valueOf(rendered.ofKind("ServiceMonitor")))
        .contains("traces/ingester", "traces/gateway", "traces/distributor-usage");
    assertThat(rendered.ofKind("PrometheusRule").toString())
        .contains("TempoIngesterUnhealthy", "cluster_namespace_job_route:tempo_request_duration");
    assertThat(rendered.objects())
        .extracting(Rendered::name)
        .contains(NAME + "-dashboard-writes", NAME + "-dashboard-reads");
  }

  @Test
  void closesEveryPodButForTheEdgesThatServicesNeed() {
    Rendered rendered = rendered("network-policy");

    assertThat(rendered.ofKind("NetworkPolicy"))
        .extracting(Rendered::name)
        .contains(NAME + "-ingester", NAME + "-memcached", NAME + "-gateway");
    Map<String, Object> ingester = rendered.get("NetworkPolicy", NAME + "-ingester");
    assertThat(Yaml.mapsAt(ingester, "spec", "ingress").toString())
        .contains("distributor", "querier", "gateway")
        .doesNotContain("memcached");
    assertThat(Yaml.mapsAt(ingester, "spec", "egress").toString()).contains("10.0.0.0/8");
  }
}
