package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `query_frontend`.
///
/// @param maxOutstandingPerTenant key `max_outstanding_per_tenant`
/// @param maxBatchSize key `max_batch_size`
/// @param logQueryRequestHeaders key `log_query_request_headers`
/// @param maxRetries key `max_retries`
/// @param responseConsumers key `response_consumers`
/// @param multiTenantQueriesEnabled key `multi_tenant_queries_enabled`
/// @param maxQueryExpressionSizeBytes key `max_query_expression_size_bytes`
/// @param apiTimeout key `api_timeout`
/// @param urlDenyList key `url_deny_list`
/// @param allowedHeaders key `allowed_headers`
/// @param search key `search`
/// @param traceById key `trace_by_id`
/// @param metrics key `metrics`
/// @param weights key `weights`
/// @param mcpServer key `mcp_server`
/// @param others known keys without effect
public record QueryFrontendConfig(
    int maxOutstandingPerTenant,
    int maxBatchSize,
    String logQueryRequestHeaders,
    int maxRetries,
    int responseConsumers,
    boolean multiTenantQueriesEnabled,
    int maxQueryExpressionSizeBytes,
    Duration apiTimeout,
    List<String> urlDenyList,
    List<String> allowedHeaders,
    SearchConfig search,
    TraceByIdConfig traceById,
    MetricsConfig metrics,
    WeightsConfig weights,
    McpServerConfig mcpServer,
    @Rest Map<String, @Nullable Object> others) {

  /// Searches: sharding, limits and service level.
  ///
  /// @param slo further keys of the same mapping
  /// @param timeout key `timeout`
  /// @param concurrentJobs key `concurrent_jobs`
  /// @param targetBytesPerJob key `target_bytes_per_job`
  /// @param defaultResultLimit key `default_result_limit`
  /// @param maxResultLimit key `max_result_limit`
  /// @param maxDuration key `max_duration`
  /// @param queryBackendAfter key `query_backend_after`
  /// @param queryIngestersUntil key `query_ingesters_until`
  /// @param ingesterShards key `ingester_shards`
  /// @param mostRecentShards key `most_recent_shards`
  /// @param maxSpansPerSpanSet key `max_spans_per_span_set`
  /// @param metadataSlo key `metadata_slo`
  public record SearchConfig(
      @Inline SloConfig slo,
      Duration timeout,
      int concurrentJobs,
      long targetBytesPerJob,
      int defaultResultLimit,
      int maxResultLimit,
      Duration maxDuration,
      Duration queryBackendAfter,
      Duration queryIngestersUntil,
      int ingesterShards,
      int mostRecentShards,
      int maxSpansPerSpanSet,
      SloConfig metadataSlo) {}

  /// Traces by id: sharding and service level.
  ///
  /// @param slo further keys of the same mapping
  /// @param queryShards key `query_shards`
  /// @param concurrentShards key `concurrent_shards`
  public record TraceByIdConfig(@Inline SloConfig slo, int queryShards, int concurrentShards) {}

  /// TraceQL metrics: sharding, limits and service level.
  ///
  /// @param slo further keys of the same mapping
  /// @param concurrentJobs key `concurrent_jobs`
  /// @param targetBytesPerJob key `target_bytes_per_job`
  /// @param maxDuration key `max_duration`
  /// @param queryBackendAfter key `query_backend_after`
  /// @param interval key `interval`
  /// @param maxExemplars key `max_exemplars`
  /// @param maxIntervals key `max_intervals`
  /// @param maxResponseSeries key `max_response_series`
  public record MetricsConfig(
      @Inline SloConfig slo,
      int concurrentJobs,
      long targetBytesPerJob,
      Duration maxDuration,
      Duration queryBackendAfter,
      Duration interval,
      int maxExemplars,
      int maxIntervals,
      int maxResponseSeries) {}

  /// A query within the duration, or faster than the throughput in bytes a second, is within the
  /// service level; 0 is no objective.
  ///
  /// @param durationSlo key `duration_slo`
  /// @param throughputBytesSlo key `throughput_bytes_slo`
  public record SloConfig(Duration durationSlo, double throughputBytesSlo) {}

  /// How much of a querier a job takes.
  ///
  /// @param requestWithWeights key `request_with_weights`
  /// @param retryWithWeights key `retry_with_weights`
  /// @param maxTraceqlConditions key `max_traceql_conditions`
  /// @param maxRegexConditions key `max_regex_conditions`
  public record WeightsConfig(
      boolean requestWithWeights,
      boolean retryWithWeights,
      int maxTraceqlConditions,
      int maxRegexConditions) {}

  /// The server for language models.
  ///
  /// @param enabled key `enabled`
  public record McpServerConfig(boolean enabled) {}
}
