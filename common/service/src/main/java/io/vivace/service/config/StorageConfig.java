package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `storage`: the log, the blocks and where they are kept.
///
/// @param trace key `trace`
public record StorageConfig(TraceStorageConfig trace) {

  /// Storage of traces. `backend` is local, s3, gcs or azure.
  ///
  /// @param pool key `pool`
  /// @param wal key `wal`
  /// @param block key `block`
  /// @param search key `search`
  /// @param blocklistPoll key `blocklist_poll`
  /// @param blocklistPollConcurrency key `blocklist_poll_concurrency`
  /// @param blocklistPollTenantConcurrency key `blocklist_poll_tenant_concurrency`
  /// @param blocklistPollFallback key `blocklist_poll_fallback`
  /// @param blocklistPollTenantIndexBuilders key `blocklist_poll_tenant_index_builders`
  /// @param blocklistPollStaleTenantIndex key `blocklist_poll_stale_tenant_index`
  /// @param blocklistPollJitterMs key `blocklist_poll_jitter_ms`
  /// @param blocklistPollTolerateConsecutiveErrors key `blocklist_poll_tolerate_consecutive_errors`
  /// @param blocklistPollTolerateTenantFailures key `blocklist_poll_tolerate_tenant_failures`
  /// @param emptyTenantDeletionEnabled key `empty_tenant_deletion_enabled`
  /// @param emptyTenantDeletionAge key `empty_tenant_deletion_age`
  /// @param backend key `backend`
  /// @param local key `local`
  /// @param gcs key `gcs`
  /// @param s3 key `s3`
  /// @param azure key `azure`
  /// @param cache key `cache`
  /// @param memcached key `memcached`
  /// @param redis key `redis`
  /// @param backgroundCache key `background_cache`
  /// @param cacheMinCompactionLevel key `cache_min_compaction_level`
  /// @param cacheMaxBlockAge key `cache_max_block_age`
  public record TraceStorageConfig(
      PoolConfig pool,
      WalConfig wal,
      BlockConfig block,
      SearchConfig search,
      Duration blocklistPoll,
      int blocklistPollConcurrency,
      int blocklistPollTenantConcurrency,
      boolean blocklistPollFallback,
      int blocklistPollTenantIndexBuilders,
      Duration blocklistPollStaleTenantIndex,
      int blocklistPollJitterMs,
      int blocklistPollTolerateConsecutiveErrors,
      int blocklistPollTolerateTenantFailures,
      boolean emptyTenantDeletionEnabled,
      Duration emptyTenantDeletionAge,
      String backend,
      LocalConfig local,
      GcsConfig gcs,
      S3Config s3,
      AzureConfig azure,
      String cache,
      @WhenPresent CacheConfig.@Nullable MemcachedConfig memcached,
      @WhenPresent CacheConfig.@Nullable RedisConfig redis,
      CacheConfig.Background backgroundCache,
      int cacheMinCompactionLevel,
      Duration cacheMaxBlockAge) {}

  /// Workers that read blocks, and how many jobs may wait for them.
  ///
  /// @param maxWorkers key `max_workers`
  /// @param queueDepth key `queue_depth`
  public record PoolConfig(int maxWorkers, int queueDepth) {}

  /// The log of acknowledged spans. `fsync` is `group` (an acknowledged span is on disk) or `none`.
  ///
  /// @param path key `path`
  /// @param ingestionTimeRangeSlack key `ingestion_time_range_slack`
  /// @param version key `version`
  /// @param fsync key `fsync`
  /// @param others known keys without effect
  public record WalConfig(
      String path,
      Duration ingestionTimeRangeSlack,
      String version,
      String fsync,
      @Rest Map<String, @Nullable Object> others) {}

  /// How blocks are written.
  ///
  /// @param bloomFilterFalsePositive key `bloom_filter_false_positive`
  /// @param bloomFilterShardSizeBytes key `bloom_filter_shard_size_bytes`
  /// @param version key `version`
  /// @param parquetRowGroupSizeBytes key `parquet_row_group_size_bytes`
  /// @param parquetDedicatedColumns key `parquet_dedicated_columns`
  /// @param others known keys without effect
  public record BlockConfig(
      double bloomFilterFalsePositive,
      int bloomFilterShardSizeBytes,
      String version,
      long parquetRowGroupSizeBytes,
      List<DedicatedColumnConfig> parquetDedicatedColumns,
      @Rest Map<String, @Nullable Object> others) {}

  /// An attribute with a column of its own. `type` is string; `scope` is span or resource.
  ///
  /// @param name key `name`
  /// @param type key `type`
  /// @param scope key `scope`
  public record DedicatedColumnConfig(String name, String type, String scope) {}

  /// How blocks are read.
  ///
  /// @param chunkSizeBytes key `chunk_size_bytes`
  /// @param prefetchTraceCount key `prefetch_trace_count`
  /// @param readBufferCount key `read_buffer_count`
  /// @param readBufferSizeBytes key `read_buffer_size_bytes`
  /// @param others known keys without effect
  public record SearchConfig(
      int chunkSizeBytes,
      int prefetchTraceCount,
      int readBufferCount,
      int readBufferSizeBytes,
      @Rest Map<String, @Nullable Object> others) {}

  /// A folder as the store.
  ///
  /// @param path key `path`
  public record LocalConfig(String path) {}
}
