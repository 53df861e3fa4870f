package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `ingester`.
///
/// @param lifecycler key `lifecycler`
/// @param concurrentFlushes key `concurrent_flushes`
/// @param flushCheckPeriod key `flush_check_period`
/// @param flushOpTimeout key `flush_op_timeout`
/// @param traceIdlePeriod key `trace_idle_period`
/// @param traceLivePeriod key `trace_live_period`
/// @param maxBlockDuration key `max_block_duration`
/// @param maxBlockBytes key `max_block_bytes`
/// @param completeBlockTimeout key `complete_block_timeout`
/// @param overrideRingKey key `override_ring_key`
/// @param flushAllOnShutdown key `flush_all_on_shutdown`
/// @param flushObjectStorage key `flush_object_storage`
/// @param others known keys without effect
public record IngesterConfig(
    LifecyclerConfig lifecycler,
    int concurrentFlushes,
    Duration flushCheckPeriod,
    Duration flushOpTimeout,
    Duration traceIdlePeriod,
    Duration traceLivePeriod,
    Duration maxBlockDuration,
    long maxBlockBytes,
    Duration completeBlockTimeout,
    String overrideRingKey,
    boolean flushAllOnShutdown,
    boolean flushObjectStorage,
    @Rest Map<String, @Nullable Object> others) {

  /// The ingester as a member of its ring.
  ///
  /// @param ring key `ring`
  /// @param numTokens key `num_tokens`
  /// @param heartbeatPeriod key `heartbeat_period`
  /// @param heartbeatTimeout key `heartbeat_timeout`
  /// @param observePeriod key `observe_period`
  /// @param joinAfter key `join_after`
  /// @param minReadyDuration key `min_ready_duration`
  /// @param interfaceNames key `interface_names`
  /// @param finalSleep key `final_sleep`
  /// @param tokensFilePath key `tokens_file_path`
  /// @param availabilityZone key `availability_zone`
  /// @param unregisterOnShutdown key `unregister_on_shutdown`
  /// @param readinessCheckRingHealth key `readiness_check_ring_health`
  /// @param address key `address`
  /// @param port key `port`
  /// @param id key `id`
  /// @param others known keys without effect
  public record LifecyclerConfig(
      IngesterRingConfig ring,
      int numTokens,
      Duration heartbeatPeriod,
      Duration heartbeatTimeout,
      Duration observePeriod,
      Duration joinAfter,
      Duration minReadyDuration,
      List<String> interfaceNames,
      Duration finalSleep,
      String tokensFilePath,
      String availabilityZone,
      boolean unregisterOnShutdown,
      boolean readinessCheckRingHealth,
      String address,
      int port,
      String id,
      @Rest Map<String, @Nullable Object> others) {}

  /// The ring of the ingesters.
  ///
  /// @param kvstore key `kvstore`
  /// @param heartbeatTimeout key `heartbeat_timeout`
  /// @param replicationFactor key `replication_factor`
  /// @param zoneAwarenessEnabled key `zone_awareness_enabled`
  /// @param excludedZones key `excluded_zones`
  public record IngesterRingConfig(
      KvStoreConfig kvstore,
      Duration heartbeatTimeout,
      int replicationFactor,
      boolean zoneAwarenessEnabled,
      String excludedZones) {}
}
