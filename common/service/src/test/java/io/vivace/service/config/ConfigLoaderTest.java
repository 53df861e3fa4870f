package io.vivace.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static TempoConfig config(String yaml) throws ConfigException {
    return ConfigLoader.parse(yaml, Map.of()).config();
  }

  private static ConfigException refused(String yaml) {
    return Objects.requireNonNull(
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml, Map.of())));
  }

  @Test
  void emptyFileHasTempoDefaults() throws Exception {
    TempoConfig config = config("");

    assertThat(config.target()).isEqualTo("all");
    assertThat(config.server().httpListenPort()).isEqualTo(3200);
    assertThat(config.server().grpcListenPort()).isEqualTo(9095);
    assertThat(config.ingester().maxBlockDuration()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.ingester().lifecycler().ring().replicationFactor()).isEqualTo(1);
    assertThat(config.compactor().compaction().blockRetention()).isEqualTo(Duration.ofDays(14));
    assertThat(config.overrides().defaults().global().maxBytesPerTrace()).isEqualTo(5_000_000);
    assertThat(config.querier().frontendWorker().grpcClientConfig().maxSendMsgSize())
        .isEqualTo(16_777_216);
    assertThat(config.distributor().receivers().otlp()).isEmpty();
    assertThat(config.storage().trace().wal().fsync()).isEqualTo("group");
  }

  @Test
  void startWithoutFileServesOtlpAndStoresLocally() throws Exception {
    TempoConfig config = new ConfigLoader(name -> null).load(null, false, Map.of()).config();

    ReceiversConfig.OtlpConfig otlp =
        Objects.requireNonNull(config.distributor().receivers().otlp().get("otlp"));
    assertThat(Objects.requireNonNull(otlp.protocols().grpc()).endpoint()).endsWith(":4317");
    assertThat(Objects.requireNonNull(otlp.protocols().http()).server().endpoint())
        .endsWith(":4318");
    assertThat(config.storage().trace().local().path()).isEqualTo("./data/blocks");
    assertThat(config.gateway().httpListenPort()).isEqualTo(8080);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main.yaml", "tenants.yaml"})
  void acceptsFilesWrittenForTempo(String name) throws Exception {
    String text = Environment.expand(resource(name), variable -> null);

    TempoConfig config = config(text);

    assertThat(config.queryFrontend().metrics().queryBackendAfter()).isEqualTo(Duration.ofHours(3));
    assertThat(config.server().grpcListenAddress()).isEqualTo("127.0.0.1");
    assertThat(config.overrides().defaults().compaction().compactionDisabled()).isTrue();
    assertThat(config.overrides().defaults().ingestion().maxTracesPerUser()).isEqualTo(10_000);
  }

  @Test
  void receiverExistsBecauseItsKeyIsThere() throws Exception {
    ReceiversConfig receivers =
        config("distributor: {receivers: {otlp: {protocols: {http:}}, zipkin:}}")
            .distributor()
            .receivers();

    ReceiversConfig.OtlpProtocols otlp =
        Objects.requireNonNull(receivers.otlp().get("otlp")).protocols();
    assertThat(otlp.grpc()).isNull();
    assertThat(Objects.requireNonNull(otlp.http()).server().endpoint()).isEqualTo("localhost:4318");
    assertThat(Objects.requireNonNull(receivers.zipkin().get("zipkin")).server().endpoint())
        .isEqualTo("localhost:9411");
    assertThat(receivers.jaeger()).isEmpty();
  }

  @Test
  void receiverMayHaveSeveralInstances() throws Exception {
    Map<String, ReceiversConfig.ZipkinConfig> zipkin =
        config("distributor: {receivers: {zipkin/b: {endpoint: '[::1]:1'}, zipkin:, zipkin/a:}}")
            .distributor()
            .receivers()
            .zipkin();

    assertThat(zipkin.keySet()).containsExactly("zipkin/b", "zipkin", "zipkin/a");
    assertThat(zipkin.values())
        .extracting(each -> each.server().endpoint())
        .containsExactly("[::1]:1", "localhost:9411", "localhost:9411");
  }

  @Test
  void namesEveryProblemAtOnceWithTheNearestKey() {
    ConfigException refused =
        refused(
            """
            server:
              grpc_listen_prt: 1
              http_listen_port: many
            ingester:
              trace_idle_period: 10
            metrics_generator:
              storage: {pth: x}
            wrong: 1
            """);

    assertThat(refused.problems())
        .containsExactlyInAnyOrder(
            "line 2: unknown key server.grpc_listen_prt, did you mean grpc_listen_port?",
            "line 3: server.http_listen_port: many (expected: an integer)",
            "line 5: ingester.trace_idle_period: 10 (expected: a duration such as 30s or 1h30m)",
            "line 7: unknown key metrics_generator.storage.pth, did you mean path?",
            "line 8: unknown key wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: {http_listen_port: 70000}",
        "storage: {trace: {backend: ftp}}",
        "storage: {trace: {wal: {fsync: maybe}}}",
        "distributor: {receivers: {carrier_pigeon: {}}}",
        "distributor: {receivers: {otlp/: {}}}",
        "distributor: {receivers: {carrier_pigeon/otlp: {}}}",
        "distributor: {receivers: {otlp/a: {protocol: {}}}}",
        "distributor: {receivers: {otlp: {protocols: {grpc: {endpoit: x}}}}}",
        "server: {http_listen_port: 1, http_listen_port: 2}",
        "server: [1]",
        "[1]",
        "a: [",
        "overrides: {defaults: {global: {max_bytes_per_trace: 1}}, max_traces_per_user: 2}",
        "server: {http_tls_config: {cert_file: a.pem}}",
      })
  void refuses(String yaml) {
    assertThat(refused(yaml).problems()).isNotEmpty();
  }

  @Test
  void listsKnownKeysThatNothingUses() throws Exception {
    ConfigLoader.Loaded loaded =
        ConfigLoader.parse(
            """
            server: {http_listen_conn_limit: 5, grpc_server_num_workers: 0}
            metrics_generator: {processor: {local_blocks: {filter_server_spans: false}}}
            memberlist: {bind_port: 7946, gossip_nodes: 3}
            ingester: {flush_op_timeout: 5m, trace_idle_period: 1s}
            """,
            Map.of());

    assertThat(loaded.withoutEffect())
        .containsExactlyInAnyOrder(
            "server.http_listen_conn_limit",
            "metrics_generator.processor.local_blocks.filter_server_spans",
            "memberlist.gossip_nodes",
            "ingester.flush_op_timeout");
  }

  @Test
  void commandLineWinsOverTheFile() throws Exception {
    TempoConfig config =
        ConfigLoader.parse(
                "server: {http_listen_port: 1}",
                Map.of("server.http_listen_port", "2", "target", "ingester"))
            .config();

    assertThat(config.server().httpListenPort()).isEqualTo(2);
    assertThat(config.target()).isEqualTo("ingester");
  }

  @Test
  void readsFlatLimits() throws Exception {
    Limits limits =
        config("overrides: {ingestion_rate_limit_bytes: 5, max_bytes_per_trace: 6}")
            .overrides()
            .defaults();

    assertThat(limits.ingestion().rateLimitBytes()).isEqualTo(5);
    assertThat(limits.ingestion().burstSizeBytes()).isEqualTo(20_000_000);
    assertThat(limits.global().maxBytesPerTrace()).isEqualTo(6);
  }

  @Test
  void readsLargeNumbersAsHelmWritesThem() throws Exception {
    TempoConfig config =
        config("storage: {trace: {block: {parquet_row_group_size_bytes: 1.048576e+08}}}");

    assertThat(config.storage().trace().block().parquetRowGroupSizeBytes()).isEqualTo(104_857_600);
  }

  @Test
  void resolvesAnchorsAndMergeKeys() throws Exception {
    TempoConfig config =
        config(
            """
            ingester_client: &client {remote_timeout: 7s}
            querier: {frontend_worker: {grpc_client_config: &grpc {max_recv_msg_size: 5}}}
            metrics_generator_client: {<<: *client, grpc_client_config: *grpc}
            """);

    assertThat(config.ingesterClient().remoteTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.querier().frontendWorker().grpcClientConfig().maxRecvMsgSize()).isEqualTo(5);
  }

  @Test
  void neverPrintsSecrets() throws Exception {
    TempoConfig config = config("storage: {trace: {s3: {secret_key: hush}}}");

    assertThat(config.storage().trace().s3().secretKey().value()).isEqualTo("hush");
    assertThat(config.toString()).doesNotContain("hush");
  }

  @Test
  void mutatedFilesGiveConfigurationOrProblems() throws Exception {
    String text = resource("main.yaml");
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      StringBuilder mutated = new StringBuilder(text);
      for (int change = random.nextInt(8); change >= 0; change--) {
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.setCharAt(at, (char) (32 + random.nextInt(95)));
          case 1 -> mutated.insert(at, ":{}[]&*!|>'\"%@`\n\t ".charAt(random.nextInt(18)));
          default -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(40)));
        }
      }
      try {
        assertThat(config(mutated.toString())).isNotNull();
      } catch (ConfigException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  @Test
  void refusesCachesThatSayNothingOrTooMuch() {
    String yaml =
        """
        cache:
          caches:
            - roles: [bloom, bloom, pages]
              memcached: {host: m, tls_enabled: true}
              redis: {endpoint: "r:1"}
            - roles: []
              redis: {}
        storage: {trace: {cache: memcached, memcached: {}}}
        """;

    assertThat(refused(yaml).problems())
        .hasSize(8)
        .anyMatch(problem -> problem.startsWith("cache.caches[0].roles: pages (expected: one of"))
        .contains("cache.caches[0].roles: bloom (expected: each role once)")
        .contains("cache.caches[1].redis.endpoint: nothing (expected: host:port)");
  }

  @Test
  void refusesDocumentsThatExplode() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i)).append(("*a" + (i - 1) + ", ").repeat(9));
      bomb.append("*a%d]\n".formatted(i - 1));
    }

    assertThatThrownBy(() -> config(bomb.toString())).isInstanceOf(ConfigException.class);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ConfigLoaderTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
