package io.vivace.compactor;

import java.time.Duration;

/// What section `compactor.compaction` says.
///
/// @param window blocks whose ends lie in the same window are merged
/// @param maxObjects most traces of a merged block
/// @param maxBlockBytes most bytes of a merged block
/// @param blockRetention blocks that ended longer ago are removed, 0 for never
/// @param compactedBlockRetention how long a block that was replaced stays in the store
public record CompactionSettings(
    Duration window,
    long maxObjects,
    long maxBlockBytes,
    Duration blockRetention,
    Duration compactedBlockRetention) {
  /// These settings with what a tenant has of its own; zero durations keep the setting.
  CompactionSettings with(Duration tenantRetention, Duration tenantWindow) {
    return new CompactionSettings(
        tenantWindow.isZero() ? window : tenantWindow,
        maxObjects,
        maxBlockBytes,
        tenantRetention.isZero() ? blockRetention : tenantRetention,
        compactedBlockRetention);
  }
}
