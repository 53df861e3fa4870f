package io.vivace.all.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vivace.all.AllInOne;
import io.vivace.service.config.ConfigException;
import io.vivace.testkit.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One process whose blocks are in a bucket.
@Tag("slow")
class ObjectStorageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void findsTracesInS3AfterTheMachineWasReplaced() throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      server.createBucket("traces");
      String storage = storage(server, "traces");
      List<SpanData> spans = new SpanSource(new SplittableRandom(5)).trace(20);
      String id = spans.getFirst().getTraceId();
      List<Integer> ports = AllInOne.freePorts(4);
      String receivers =
          "{otlp: {protocols: {http: {endpoint: '127.0.0.1:%d'}}}}".formatted(ports.get(2));
      Path first = Files.createDirectories(folder.resolve("first"));
      try (AllInOne vivace = AllInOne.start(first, ports, receivers, storage);
          SpanExporter exporter =
              OtlpHttpSpanExporter.builder()
                  .setEndpoint("http://127.0.0.1:" + ports.get(2) + "/v1/traces")
                  .build()) {
        assertThat(exporter.export(spans).join(1, TimeUnit.MINUTES).isSuccess()).isTrue();
        vivace.flush();
        Awaitility.await("the block is in the bucket")
            .atMost(PATIENCE)
            .until(() -> isComplete(server.file("traces", "cluster/tempo")));
        assertThat(vivace.metrics())
            .contains(
                "tempodb_backend_request_duration_seconds_count{operation=\"PUT\",status_code=\"200\"}")
            .contains("tempodb_backend_hedged_roundtrips_total");
      }
      Path second = Files.createDirectories(folder.resolve("second"));
      try (AllInOne vivace = AllInOne.start(second, ports, receivers, storage)) {
        Awaitility.await("the block is in the list")
            .atMost(PATIENCE)
            .until(() -> vivace.trace(id).isPresent());
        assertThat(vivace.trace(id).orElseThrow().getResourceSpansList())
            .extracting(resource ->
                resource.getScopeSpansList().stream()
                    .mapToInt(scope -> scope.getSpansCount())
                    .sum())
            .satisfies(counts ->
                assertThat(counts.stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(spans.size()));
        assertThat(vivace.searchLastHour("{ name = \"root\" }"))
            .contains(id.replaceFirst("^0+", ""));
      }
    }
  }

  @Test
  void saysAtTheStartThatTheBucketIsMissing() throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      String storage = storage(server, "absent");
      List<Integer> ports = AllInOne.freePorts(2);
      assertThatThrownBy(() -> AllInOne.start(folder, ports, "{}", storage).close())
          .hasRootCauseInstanceOf(ConfigException.class)
          .rootCause()
          .hasMessageContaining(
              "storage.trace.s3: s3 bucket absent: list the bucket: 404 NoSuchBucket");
    }
  }

  private static String storage(S3Server server, String bucket) {
    return ("backend: s3, blocklist_poll: 500ms, s3: {bucket: %s, prefix: cluster/tempo,"
            + " endpoint: '%s', insecure: true, access_key: %s, secret_key: %s,"
            + " hedge_requests_at: 30s}")
        .formatted(bucket, server.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
  }

  private static boolean isComplete(Path prefix) throws IOException {
    if (!Files.isDirectory(prefix)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(prefix)) {
      return files.anyMatch(file -> file.endsWith("meta.json"));
    }
  }
}
