package io.vivace.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics(new PrometheusRegistry());

  private String scrape() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, metrics.registry().scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesStayAsTheyAreGiven() throws Exception {
    metrics.counter("tempo_distributor_spans_received_total", "h", "tenant").labelValues("a").inc();
    metrics.gauge("tempodb_backend_bytes_total", "h").set(3);
    metrics.gauge("tempo_ring_tokens_total", "h", () -> 128);
    metrics.histogram("tempo_x_seconds", "h", Metrics.exponential(1, 2, 3)).observe(3);

    assertThat(scrape())
        .contains("tempo_distributor_spans_received_total{tenant=\"a\"} 1.0")
        .contains("tempodb_backend_bytes_total 3.0")
        .contains("tempo_ring_tokens_total 128.0")
        .contains("tempo_x_seconds_bucket{le=\"4.0\"} 1");
  }

  @Test
  void modulesShareAMetricByItsName() {
    assertThat(metrics.counter("tempo_a_total", "h"))
        .isSameAs(metrics.counter("tempo_a_total", "h"));
    assertThatThrownBy(() -> metrics.gauge("tempo_a_total", "h"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
