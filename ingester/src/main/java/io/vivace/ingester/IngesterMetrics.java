package io.vivace.ingester;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The ingester's metrics under Tempo's names.
final class IngesterMetrics {
  private final MeterRegistry registry;
  private final Map<String, Counter> received = new ConcurrentHashMap<>();
  private final Set<String> tenants = ConcurrentHashMap.newKeySet();

  IngesterMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void received(String tenant, int bytes) {
    received
        .computeIfAbsent(
            tenant,
            name ->
                Counter.builder("tempo_ingester_bytes_received")
                    .tag("tenant", name)
                    .tag("data_type", "trace")
                    .register(registry))
        .increment(bytes);
  }

  /// Registers the gauges of tenants that are new.
  void watch(Map<String, TenantTraces> all) {
    all.forEach((tenant, traces) -> {
      if (!tenants.add(tenant)) {
        return;
      }
      Gauge.builder("tempo_ingester_live_traces", traces, TenantTraces::liveTraceCount)
          .tag("tenant", tenant)
          .register(registry);
      Gauge.builder("tempo_ingester_live_trace_bytes", traces, TenantTraces::liveTraceBytes)
          .tag("tenant", tenant)
          .register(registry);
      FunctionCounter.builder("tempo_ingester_traces_created", traces, TenantTraces::tracesCreated)
          .tag("tenant", tenant)
          .register(registry);
    });
  }

  Counter counter(String name) {
    return Counter.builder(name).register(registry);
  }
}
