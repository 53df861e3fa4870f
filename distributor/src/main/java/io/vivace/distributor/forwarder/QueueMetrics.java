package io.vivace.distributor.forwarder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/// Counters of one queue under Tempo's names: `tempo_distributor_queue_*`.
///
/// @param pushes requests that were to be queued
/// @param failures those that were dropped because the queue was full
record QueueMetrics(Counter pushes, Counter failures) {
  /// The metrics of the queue of one tenant and forwarder.
  ///
  /// @param length requests that wait now
  static QueueMetrics register(
      MeterRegistry registry, String name, String tenant, Supplier<Number> length) {
    Gauge.builder("tempo_distributor_queue_length", length)
        .tag("name", name)
        .tag("tenant", tenant)
        .strongReference(true)
        .register(registry);
    return new QueueMetrics(
        counter(registry, "tempo_distributor_queue_pushes", name, tenant),
        counter(registry, "tempo_distributor_queue_pushes_failures", name, tenant));
  }

  private static Counter counter(
      MeterRegistry registry, String metric, String name, String tenant) {
    return Counter.builder(metric).tag("name", name).tag("tenant", tenant).register(registry);
  }
}
