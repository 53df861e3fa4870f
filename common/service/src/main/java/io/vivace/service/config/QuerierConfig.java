package io.vivace.service.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `querier`.
///
/// @param search key `search`
/// @param traceById key `trace_by_id`
/// @param metrics key `metrics`
/// @param maxConcurrentQueries key `max_concurrent_queries`
/// @param frontendWorker key `frontend_worker`
/// @param shuffleShardingIngestersEnabled key `shuffle_sharding_ingesters_enabled`
/// @param shuffleShardingIngestersLookbackPeriod key `shuffle_sharding_ingesters_lookback_period`
/// @param queryRelevantIngesters key `query_relevant_ingesters`
/// @param extraQueryDelay key `extra_query_delay`
/// @param others known keys without effect
public record QuerierConfig(
    QueryTimeout search,
    QueryTimeout traceById,
    MetricsQuery metrics,
    int maxConcurrentQueries,
    FrontendWorker frontendWorker,
    boolean shuffleShardingIngestersEnabled,
    Duration shuffleShardingIngestersLookbackPeriod,
    boolean queryRelevantIngesters,
    Duration extraQueryDelay,
    @Rest Map<String, @Nullable Object> others) {

  /// The longest that one job may take.
  ///
  /// @param queryTimeout key `query_timeout`
  public record QueryTimeout(Duration queryTimeout) {}

  /// TraceQL metrics over blocks.
  ///
  /// @param concurrentBlocks key `concurrent_blocks`
  /// @param timeOverlapCutoff key `time_overlap_cutoff`
  public record MetricsQuery(int concurrentBlocks, double timeOverlapCutoff) {}

  /// How a querier pulls jobs from the query-frontends.
  ///
  /// @param frontendAddress key `frontend_address`
  /// @param dnsLookupDuration key `dns_lookup_duration`
  /// @param parallelism key `parallelism`
  /// @param matchMaxConcurrent key `match_max_concurrent`
  /// @param id key `id`
  /// @param grpcClientConfig key `grpc_client_config`
  public record FrontendWorker(
      String frontendAddress,
      Duration dnsLookupDuration,
      int parallelism,
      boolean matchMaxConcurrent,
      String id,
      GrpcClientConfig grpcClientConfig) {}
}
