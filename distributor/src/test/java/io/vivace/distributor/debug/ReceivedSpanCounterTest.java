package io.vivace.distributor.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.service.config.DistributorConfig.MetricSpansConfig;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.OtlpScanner;
import org.junit.jupiter.api.Test;

class ReceivedSpanCounterTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void countsByNameAndService() throws Exception {
    ReceivedSpanCounter counter = counter(false, 10);
    counter.received("t", batch(2));
    counter.received("t", batch(1));
    assertThat(count("operation 0", "shop")).isEqualTo(2);
    assertThat(count("operation 1", "shop")).isEqualTo(1);
  }

  @Test
  void countsRootsOnlyWhenAskedTo() throws Exception {
    counter(true, 10).received("t", batch(3));
    assertThat(count("operation 0", "shop")).isEqualTo(1);
    assertThat(registry.getMeters()).hasSize(1);
  }

  @Test
  void keepsABoundOnNamesThatClientsChoose() throws Exception {
    ReceivedSpanCounter counter = counter(false, 2);
    counter.received("t", batch(5));
    counter.received("t", batch(1));
    assertThat(count("operation 0", "shop")).isEqualTo(2);
    assertThat(count("__overflow__", "__overflow__")).isEqualTo(3);
  }

  private ReceivedSpanCounter counter(boolean rootOnly, int maxSeries) {
    return new ReceivedSpanCounter(new MetricSpansConfig(true, rootOnly), maxSeries, registry);
  }

  private double count(String name, String service) {
    return registry
        .get("tempo_distributor_debug_spans_received")
        .tags("tenant", "t", "name", name, "service", service)
        .counter()
        .count();
  }

  private static OtlpBatch batch(int spans) throws Exception {
    return OtlpScanner.scan(Traces.trace(new TraceId(1, 1), "shop", spans, 1).toByteArray());
  }
}
