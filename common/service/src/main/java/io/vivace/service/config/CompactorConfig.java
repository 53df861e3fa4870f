package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `compactor`.
///
/// @param disabled key `disabled`
/// @param ring key `ring`
/// @param compaction key `compaction`
/// @param overrideRingKey key `override_ring_key`
public record CompactorConfig(
    boolean disabled, RingConfig ring, CompactionConfig compaction, String overrideRingKey) {

  /// What is merged and for how long blocks are kept.
  ///
  /// @param compactionWindow key `compaction_window`
  /// @param maxCompactionObjects key `max_compaction_objects`
  /// @param maxBlockBytes key `max_block_bytes`
  /// @param blockRetention key `block_retention`
  /// @param compactedBlockRetention key `compacted_block_retention`
  /// @param retentionConcurrency key `retention_concurrency`
  /// @param maxTimePerTenant key `max_time_per_tenant`
  /// @param compactionCycle key `compaction_cycle`
  /// @param others known keys without effect
  public record CompactionConfig(
      Duration compactionWindow,
      int maxCompactionObjects,
      long maxBlockBytes,
      Duration blockRetention,
      Duration compactedBlockRetention,
      int retentionConcurrency,
      Duration maxTimePerTenant,
      Duration compactionCycle,
      @Rest Map<String, @Nullable Object> others) {}
}
