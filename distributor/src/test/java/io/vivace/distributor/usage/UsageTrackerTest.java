package io.vivace.distributor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vivace.service.config.DistributorConfig.CostAttributionConfig;
import io.vivace.service.config.Limits;
import io.vivace.testkit.ManualClock;
import io.vivace.wire.otlp.OtlpScanner;
import io.vivace.wire.tempopb.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageTrackerTest {
  private static final CostAttributionConfig CONFIG =
      new CostAttributionConfig(true, 100, Duration.ofMinutes(15));

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
  private Limits.CostAttribution own =
      new Limits.CostAttribution(0, Map.of("service.name", "service", "span.team", ""));
  private final UsageTracker tracker = new UsageTracker(CONFIG, tenant -> own, clock);

  @Test
  void countsNothingForTenantsWithoutDimensions() throws Exception {
    own = new Limits.CostAttribution(0, Map.of());
    observe(request("shop", "red"));
    assertThat(series()).isEmpty();
  }

  @Test
  void namesWhatIsMissingAndLetsTheSpanWin() throws Exception {
    own = new Limits.CostAttribution(0, Map.of("team", ""));
    ResourceSpans.Builder resource =
        ResourceSpans.newBuilder()
            .setResource(Resource.newBuilder().addAttributes(text("team", "red")))
            .addScopeSpans(
                ScopeSpans.newBuilder()
                    .addSpans(span("blue"))
                    .addSpans(span(""))
                    .addSpans(span(null)));
    observe(Trace.newBuilder().addResourceSpans(resource).build());
    observe(request("shop", null));
    assertThat(series().keySet())
        .containsExactly("{team=\"__missing__\"}", "{team=\"blue\"}", "{team=\"red\"}");
  }

  @Test
  void putsWhatComesAfterTheLimitIntoOneSeries() throws Exception {
    own = new Limits.CostAttribution(2, own.dimensions());
    Trace[] requests = new Trace[5];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = request("shop", "team " + i);
      observe(requests[i]);
    }
    observe(requests[0]);
    assertThat(series().keySet())
        .containsExactly(
            "{service=\"__overflow__\",span_team=\"__overflow__\"}",
            "{service=\"shop\",span_team=\"team 0\"}",
            "{service=\"shop\",span_team=\"team 1\"}");
    assertThat(series().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(6L * requests[0].getResourceSpans(0).getSerializedSize());
  }

  @Test
  void forgetsStaleSeriesOnly() throws Exception {
    observe(request("shop", "red"));
    clock.advance(Duration.ofMinutes(10));
    observe(request("shop", "blue"));
    clock.advance(Duration.ofMinutes(6));
    tracker.purge();
    assertThat(series().keySet()).containsExactly("{service=\"shop\",span_team=\"blue\"}");
    clock.advance(Duration.ofMinutes(10));
    tracker.purge();
    assertThat(series()).isEmpty();
  }

  @Test
  void keepsSeriesOfFormerDimensionsUntilTheyAreStale() throws Exception {
    observe(request("shop", "red"));
    clock.advance(Duration.ofMinutes(10));
    own = new Limits.CostAttribution(0, Map.of("span.team", ""));
    observe(request("shop", "red"));
    assertThat(series()).hasSize(2);
    clock.advance(Duration.ofMinutes(6));
    tracker.purge();
    assertThat(series().keySet()).containsExactly("{span_team=\"red\"}");
  }

  @Test
  void countsLikeASlowOneAndEveryByteOnce() throws Exception {
    long seed = 4_711;
    Random random = new Random(seed);
    own = new Limits.CostAttribution(1000, own.dimensions());
    Map<String, Long> expected = new TreeMap<>();
    long bytes = 0;
    for (int i = 0; i < 300; i++) {
      Trace request = random(random);
      for (ResourceSpans resource : request.getResourceSpansList()) {
        if (slowly(resource, expected)) {
          bytes += resource.getSerializedSize();
        }
      }
      observe(request);
    }
    assertThat(series()).as("seed %d", seed).isEqualTo(expected);
    assertThat(expected.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(bytes);
  }

  @Test
  void roundsSharesSoThatNoCounterFalls() {
    assertThat(TenantUsage.share(5, 2, 10)).isEqualTo(2);
    assertThat(TenantUsage.share(7, 2, 10)).isEqualTo(4);
    assertThat(TenantUsage.share(600, 1000, 10)).isZero();
  }

  /// Counts with protobuf's objects; says whether the resource has spans.
  private static boolean slowly(ResourceSpans resource, Map<String, Long> into) {
    long own = 0;
    int count = 0;
    for (ScopeSpans scope : resource.getScopeSpansList()) {
      for (Span span : scope.getSpansList()) {
        own += fieldSize(span);
        count++;
      }
    }
    long around = resource.getSerializedSize() - own;
    boolean first = true;
    for (ScopeSpans scope : resource.getScopeSpansList()) {
      for (Span span : scope.getSpansList()) {
        long share = TenantUsage.share(around, count, fieldSize(span));
        String labels =
            "{service=\"%s\",span_team=\"%s\"}"
                .formatted(
                    value(
                        "service.name",
                        span.getAttributesList(),
                        value(
                            "service.name",
                            resource.getResource().getAttributesList(),
                            "__missing__")),
                    value("team", span.getAttributesList(), "__missing__"));
        long rest = first ? around - share * count : 0;
        into.merge(labels, fieldSize(span) + share + rest, Long::sum);
        first = false;
      }
    }
    return count > 0;
  }

  private static String value(String key, Iterable<KeyValue> attributes, String otherwise) {
    String found = otherwise;
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key) && !attribute.getValue().getStringValue().isEmpty()) {
        found = attribute.getValue().getStringValue();
      }
    }
    return found;
  }

  private static long fieldSize(Span span) {
    int size = span.getSerializedSize();
    return 1L + (size < 128 ? 1 : size < 16_384 ? 2 : 3) + size;
  }

  private static Trace random(Random random) {
    Trace.Builder trace = Trace.newBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ResourceSpans.Builder resource = ResourceSpans.newBuilder();
      if (random.nextBoolean()) {
        resource
            .setSchemaUrl("x".repeat(random.nextInt(300)))
            .getResourceBuilder()
            .addAttributes(text("service.name", "service " + random.nextInt(3)));
      }
      for (int j = random.nextInt(3); j > 0; j--) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int k = random.nextInt(40); k > 0; k--) {
          Span.Builder span =
              span(random.nextBoolean() ? "team " + random.nextInt(4) : null).toBuilder();
          if (random.nextInt(5) == 0) {
            span.addAttributes(text("service.name", "own"));
          }
          if (random.nextInt(5) == 0) {
            span.addAttributes(
                KeyValue.newBuilder()
                    .setKey("team")
                    .setValue(AnyValue.newBuilder().setIntValue(random.nextInt())));
          }
          scope.addSpans(span);
        }
        resource.addScopeSpans(scope);
      }
      trace.addResourceSpans(resource);
    }
    return trace.build();
  }

  private void observe(Trace request) throws Exception {
    tracker.received("t", OtlpScanner.scan(request.toByteArray()));
  }

  private Map<String, Long> series() {
    Map<String, Long> series = new TreeMap<>();
    CounterSnapshot snapshot = (CounterSnapshot) tracker.collect();
    snapshot
        .getDataPoints()
        .forEach(point -> {
          String labels = point.getLabels().toString();
          assertThat(labels).contains("tenant=\"t\"").contains("tracker=\"cost-attribution\"");
          series.put(
              labels.replace(",tenant=\"t\",tracker=\"cost-attribution\"", ""),
              (long) point.getValue());
        });
    return series;
  }

  private static Trace request(String service, @Nullable String team) {
    return Trace.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span(team))))
        .build();
  }

  private static Span span(@Nullable String team) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(
                ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}))
            .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    if (team != null) {
      span.addAttributes(text("team", team));
    }
    return span.build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
