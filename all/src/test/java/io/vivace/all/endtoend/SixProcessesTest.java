package io.vivace.all.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SixProcessesTest {
  private static final Pattern TRACE_ID = Pattern.compile("\"traceID\":\"([0-9a-f]+)\"");
  private static final int TRACES = 520;
  private static final int SPANS_PER_TRACE = 20;

  @TempDir private Path folder;

  /// What every acknowledged trace has to read as: its spans with resource and scope, sorted.
  private final Map<String, Set<String>> expected = new LinkedHashMap<>();

  private long acknowledged;

  @Test
  void keepsEveryAcknowledgedSpanThroughFlushCrashAndRestart() throws Exception {
    SpanSource source = new SpanSource(new SplittableRandom(20261124));
    try (Cluster cluster = new Cluster(folder)) {
      cluster.startAll();
      try (SpanExporter grpc = grpc(cluster);
          SpanExporter http = http(cluster)) {
        load(source, grpc, http, TRACES / 2);
        checkAll(cluster, "live");

        cluster.kill(Cluster.Service.INGESTER);
        // nobody is there to take spans: what is refused now was never acknowledged
        send(source.trace(SPANS_PER_TRACE), http);
        cluster.start(Cluster.Service.INGESTER);
        cluster.awaitReady(Cluster.Service.INGESTER);
        awaitAccepting(source, grpc);
        checkAll(cluster, "after kill -9 of the ingester");

        flush(cluster);
        checkAll(cluster, "flushed");
        load(source, grpc, http, TRACES / 2);
        checkAll(cluster, "half in blocks, half live");
      }
      cluster.stopAll();
      cluster.startAll();
      checkAll(cluster, "after a full restart");
      assertThat(acknowledged).isGreaterThanOrEqualTo(10_000);
    }
  }

  @Test
  void findsBlocksThatOnlyTheIngestersDiskHas() throws Exception {
    SpanSource source = new SpanSource(new SplittableRandom(17));
    try (Cluster cluster = new Cluster(folder, false)) {
      cluster.startAll();
      try (SpanExporter grpc = grpc(cluster);
          SpanExporter http = http(cluster)) {
        load(source, grpc, http, 40);
        flush(cluster);
        checkAll(cluster, "flushed to the ingester's disk");
      }
      cluster.kill(Cluster.Service.QUERIER);
      cluster.kill(Cluster.Service.INGESTER);
      cluster.start(Cluster.Service.INGESTER);
      cluster.start(Cluster.Service.QUERIER);
      cluster.awaitReady(Cluster.Service.INGESTER);
      cluster.awaitReady(Cluster.Service.QUERIER);
      checkAll(cluster, "after a restart, no live traces");
      assertThat(folder.resolve("blocks-ingester")).isDirectory();
      assertThat(folder.resolve("blocks-querier").resolve("single-tenant")).doesNotExist();
    }
  }

  private static SpanExporter grpc(Cluster cluster) {
    return OtlpGrpcSpanExporter.builder()
        .setEndpoint(cluster.otlpGrpc().toString())
        .setTimeout(Duration.ofMinutes(1))
        .build();
  }

  private static SpanExporter http(Cluster cluster) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(cluster.otlpHttp().toString())
        .setCompression("gzip")
        .setTimeout(Duration.ofMinutes(1))
        .build();
  }

  private void load(SpanSource source, SpanExporter grpc, SpanExporter http, int traces)
      throws IOException {
    for (int i = 0; i < traces; i++) {
      assertThat(send(source.trace(SPANS_PER_TRACE), i % 2 == 0 ? grpc : http)).isTrue();
    }
  }

  private void awaitAccepting(SpanSource source, SpanExporter exporter) {
    Awaitility.await("distributor reaches the ingester again")
        .atMost(Cluster.PATIENCE)
        .until(() -> send(source.trace(SPANS_PER_TRACE), exporter));
  }

  private boolean send(List<SpanData> spans, SpanExporter exporter) throws IOException {
    boolean taken = exporter.export(spans).join(2, TimeUnit.MINUTES).isSuccess();
    if (taken) {
      acknowledged += spans.size();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      TraceRequestMarshaler.create(spans).writeBinaryTo(bytes);
      expected.put(
          spans.getFirst().getTraceId(),
          described(
              ExportTraceServiceRequest.parseFrom(bytes.toByteArray()).getResourceSpansList()));
    }
    return taken;
  }

  private void checkAll(Cluster cluster, String when) throws Exception {
    for (Map.Entry<String, Set<String>> trace : expected.entrySet()) {
      HttpResponse<byte[]> response =
          cluster.get(
              cluster.gateway() + "/api/traces/" + trace.getKey(),
              "Accept",
              "application/protobuf");
      assertThat(response.statusCode()).as("%s: trace %s", when, trace.getKey()).isEqualTo(200);
      assertThat(described(Trace.parseFrom(response.body()).getResourceSpansList()))
          .as("%s: trace %s", when, trace.getKey())
          .isEqualTo(trace.getValue());
    }
    checkSearch(cluster, when);
  }

  /// A search for every trace gives each of them once, wherever it is.
  private void checkSearch(Cluster cluster, String when) throws Exception {
    long now = Instant.now().getEpochSecond();
    String query = URLEncoder.encode("{ name = \"root\" }", StandardCharsets.UTF_8);
    HttpResponse<byte[]> response =
        cluster.get(
            "%s/api/search?q=%s&limit=100000&start=%d&end=%d"
                .formatted(cluster.gateway(), query, now - 86_400, now + 3600));
    assertThat(response.statusCode()).as(when).isEqualTo(200);
    List<String> found = new ArrayList<>();
    Matcher matcher = TRACE_ID.matcher(new String(response.body(), StandardCharsets.UTF_8));
    while (matcher.find()) {
      found.add("0".repeat(32 - matcher.group(1).length()) + matcher.group(1));
    }
    assertThat(found).as(when).containsExactlyInAnyOrderElementsOf(expected.keySet());
  }

  private void flush(Cluster cluster) throws Exception {
    assertThat(cluster.get(cluster.http(Cluster.Service.INGESTER) + "/flush").statusCode())
        .isEqualTo(204);
    for (String id : List.of(expected.keySet().iterator().next(), lastTrace())) {
      Awaitility.await("trace " + id + " is in a block and not at the ingester")
          .atMost(Cluster.PATIENCE)
          .until(() ->
              status(cluster, id, "blocks") == 200 && status(cluster, id, "ingesters") == 404);
    }
  }

  private String lastTrace() {
    List<String> ids = new ArrayList<>(expected.keySet());
    return ids.getLast();
  }

  private static int status(Cluster cluster, String id, String mode) throws Exception {
    return cluster.get(cluster.gateway() + "/api/traces/" + id + "?mode=" + mode).statusCode();
  }

  /// Every span with all that surrounds it, whatever the grouping and the order of attributes.
  /// Flags and schema URLs have no place in a block.
  private static Set<String> described(List<ResourceSpans> resources) {
    Set<String> spans = new TreeSet<>();
    for (ResourceSpans resource : resources) {
      String owner = sorted(resource.getResource().getAttributesList()).toString();
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          Span.Builder bare = span.toBuilder().clearFlags().clearStatus().clearAttributes();
          bare.addAllAttributes(sorted(span.getAttributesList()));
          bare.getLinksBuilderList().forEach(Span.Link.Builder::clearFlags);
          bare.getEventsBuilderList()
              .forEach(event -> {
                List<KeyValue> attributes = sorted(event.getAttributesList());
                event.clearAttributes().addAllAttributes(attributes);
              });
          spans.add(owner + scope.getScope() + span.getStatus() + bare.build());
        }
      }
    }
    return spans;
  }

  private static List<KeyValue> sorted(List<KeyValue> attributes) {
    return attributes.stream().sorted(Comparator.comparing(KeyValue::getKey)).toList();
  }
}
