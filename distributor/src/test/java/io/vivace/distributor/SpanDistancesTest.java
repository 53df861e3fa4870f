package io.vivace.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.vivace.testkit.ManualClock;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.otlp.OtlpScanner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpanDistancesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final SpanDistances distances = new SpanDistances(new ManualClock(NOW));

  @Test
  void measuresHowFarSpansEndFromNow() throws Exception {
    observe(1, 0);
    observe(2, -300);
    observe(1, -3601);
    observe(3, 301);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, distances.collect());
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "tempo_spans_distance_in_past_seconds_bucket{tenant=\"t\",le=\"300.0\"} 2",
            "tempo_spans_distance_in_past_seconds_bucket{tenant=\"t\",le=\"+Inf\"} 3",
            "tempo_spans_distance_in_past_seconds_sum{tenant=\"t\"} 4201.0",
            "tempo_spans_distance_in_future_seconds_bucket{tenant=\"t\",le=\"300.0\"} 0",
            "tempo_spans_distance_in_future_seconds_bucket{tenant=\"t\",le=\"1800.0\"} 3",
            "tempo_spans_distance_in_future_seconds_count{tenant=\"t\"} 3");
  }

  private void observe(int spans, long seconds) throws Exception {
    byte[] otlp =
        Traces.trace(new TraceId(1, 1), "shop", spans, NOW.getEpochSecond() + seconds)
            .toByteArray();
    distances.received("t", OtlpScanner.scan(otlp));
  }
}
