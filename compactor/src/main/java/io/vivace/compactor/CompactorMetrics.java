package io.vivace.compactor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.block.BlockMeta;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The compactor's metrics under Tempo's names.
final class CompactorMetrics {
  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> outstanding = new ConcurrentHashMap<>();

  CompactorMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void merged(int blocks, BlockMeta merged) {
    String level = String.valueOf(merged.compactionLevel() - 1);
    leveled("tempodb_compaction_blocks", level).increment(blocks);
    leveled("tempodb_compaction_objects_written", level).increment(merged.totalObjects());
    leveled("tempodb_compaction_bytes_written", level).increment(merged.size());
  }

  void failed() {
    Counter.builder("tempodb_compaction_errors").register(registry).increment();
  }

  void retained(Retention.Outcome outcome) {
    Counter.builder("tempodb_retention_marked_for_deletion")
        .register(registry)
        .increment(outcome.marked());
    Counter.builder("tempodb_retention_deleted").register(registry).increment(outcome.deleted());
  }

  void outstanding(String tenant, int blocks) {
    outstanding
        .computeIfAbsent(
            tenant,
            name -> {
              AtomicInteger value = new AtomicInteger();
              Gauge.builder("tempodb_compaction_outstanding_blocks", value, AtomicInteger::get)
                  .tag("tenant", name)
                  .register(registry);
              return value;
            })
        .set(blocks);
  }

  private Counter leveled(String name, String level) {
    return Counter.builder(name).tag("level", level).register(registry);
  }
}
