package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The limits of one tenant. A limit of 0 is off or falls back as its doc says.
///
/// @param ingestion key `ingestion`
/// @param read key `read`
/// @param compaction key `compaction`
/// @param metricsGenerator key `metrics_generator`
/// @param forwarders key `forwarders`
/// @param global key `global`
/// @param costAttribution key `cost_attribution`
/// @param storage key `storage`
public record Limits(
    Ingestion ingestion,
    Read read,
    Compaction compaction,
    Map<String, @Nullable Object> metricsGenerator,
    List<String> forwarders,
    Global global,
    CostAttribution costAttribution,
    Storage storage) {

  /// Writes: bytes a second, burst in bytes, live traces per ingester and cluster-wide, ingesters
  /// per tenant; `max_attribute_bytes` 0 is the distributor's setting. `rate_strategy` is local or
  /// global.
  ///
  /// @param rateStrategy key `rate_strategy`
  /// @param rateLimitBytes key `rate_limit_bytes`
  /// @param burstSizeBytes key `burst_size_bytes`
  /// @param maxTracesPerUser key `max_traces_per_user`
  /// @param maxGlobalTracesPerUser key `max_global_traces_per_user`
  /// @param tenantShardSize key `tenant_shard_size`
  /// @param maxAttributeBytes key `max_attribute_bytes`
  /// @param artificialDelay key `artificial_delay`
  public record Ingestion(
      String rateStrategy,
      long rateLimitBytes,
      long burstSizeBytes,
      int maxTracesPerUser,
      int maxGlobalTracesPerUser,
      int tenantShardSize,
      int maxAttributeBytes,
      @Nullable Duration artificialDelay) {}

  /// Queries: bytes and blocks per query for tag values, longest ranges (0 is the query-frontend's
  /// setting).
  ///
  /// @param maxBytesPerTagValuesQuery key `max_bytes_per_tag_values_query`
  /// @param maxBlocksPerTagValuesQuery key `max_blocks_per_tag_values_query`
  /// @param maxSearchDuration key `max_search_duration`
  /// @param maxMetricsDuration key `max_metrics_duration`
  /// @param unsafeQueryHints key `unsafe_query_hints`
  public record Read(
      int maxBytesPerTagValuesQuery,
      int maxBlocksPerTagValuesQuery,
      Duration maxSearchDuration,
      Duration maxMetricsDuration,
      boolean unsafeQueryHints) {}

  /// Retention and window; 0 is the compactor's setting.
  ///
  /// @param blockRetention key `block_retention`
  /// @param compactionWindow key `compaction_window`
  /// @param compactionDisabled key `compaction_disabled`
  public record Compaction(
      Duration blockRetention, Duration compactionWindow, boolean compactionDisabled) {}

  /// Largest trace in bytes; 0 is no limit.
  ///
  /// @param maxBytesPerTrace key `max_bytes_per_trace`
  public record Global(int maxBytesPerTrace) {}

  /// Attributes by which bytes are counted.
  ///
  /// @param maxCardinality key `max_cardinality`
  /// @param dimensions key `dimensions`
  public record CostAttribution(int maxCardinality, Map<String, String> dimensions) {}

  /// Dedicated columns of the tenant's blocks; empty is the setting of the block section.
  ///
  /// @param parquetDedicatedColumns key `parquet_dedicated_columns`
  public record Storage(List<StorageConfig.DedicatedColumnConfig> parquetDedicatedColumns) {}
}
