package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `distributor`.
///
/// @param ring key `ring`
/// @param addresses key `addresses`
/// @param receivers key `receivers`
/// @param udpTenant key `udp_tenant`
/// @param overrideRingKey key `override_ring_key`
/// @param forwarders key `forwarders`
/// @param extendWrites key `extend_writes`
/// @param retryAfterOnResourceExhausted key `retry_after_on_resource_exhausted`
/// @param maxAttributeBytes key `max_attribute_bytes`
/// @param logReceivedTraces key `log_received_traces`
/// @param logReceivedSpans key `log_received_spans`
/// @param logDiscardedSpans key `log_discarded_spans`
/// @param metricReceivedSpans key `metric_received_spans`
/// @param artificialDelay key `artificial_delay`
/// @param usage key `usage`
/// @param others known keys without effect
public record DistributorConfig(
    RingConfig ring,
    List<String> addresses,
    ReceiversConfig receivers,
    String udpTenant,
    String overrideRingKey,
    List<ForwarderConfig> forwarders,
    boolean extendWrites,
    Duration retryAfterOnResourceExhausted,
    int maxAttributeBytes,
    boolean logReceivedTraces,
    LogSpansConfig logReceivedSpans,
    LogSpansConfig logDiscardedSpans,
    MetricSpansConfig metricReceivedSpans,
    Duration artificialDelay,
    UsageConfig usage,
    @Rest Map<String, @Nullable Object> others) {

  /// Which spans are logged.
  ///
  /// @param enabled key `enabled`
  /// @param includeAllAttributes key `include_all_attributes`
  /// @param filterByStatusError key `filter_by_status_error`
  public record LogSpansConfig(
      boolean enabled, boolean includeAllAttributes, boolean filterByStatusError) {}

  /// Which spans are counted by name and service.
  ///
  /// @param enabled key `enabled`
  /// @param rootOnly key `root_only`
  public record MetricSpansConfig(boolean enabled, boolean rootOnly) {}

  /// Who is charged for what.
  ///
  /// @param costAttribution key `cost_attribution`
  public record UsageConfig(CostAttributionConfig costAttribution) {}

  /// Bytes counted by attribute values.
  ///
  /// @param enabled key `enabled`
  /// @param maxCardinality key `max_cardinality`
  /// @param staleDuration key `stale_duration`
  public record CostAttributionConfig(
      boolean enabled, int maxCardinality, Duration staleDuration) {}

  /// A further destination of spans.
  ///
  /// @param name key `name`
  /// @param backend key `backend`
  /// @param otlpgrpc key `otlpgrpc`
  /// @param filter key `filter`
  public record ForwarderConfig(
      String name, String backend, OtlpGrpcConfig otlpgrpc, FilterConfig filter) {}

  /// Backends that take OTLP over gRPC.
  ///
  /// @param endpoints key `endpoints`
  /// @param tls key `tls`
  public record OtlpGrpcConfig(List<String> endpoints, ForwarderTlsConfig tls) {}

  /// How a backend is recognised.
  ///
  /// @param insecure key `insecure`
  /// @param certFile key `cert_file`
  public record ForwarderTlsConfig(boolean insecure, String certFile) {}

  /// What is not forwarded.
  ///
  /// @param traces key `traces`
  public record FilterConfig(TraceFilterConfig traces) {}

  /// Conditions in the OpenTelemetry Transformation Language; what fulfils one is dropped.
  ///
  /// @param span key `span`
  /// @param spanevent key `spanevent`
  public record TraceFilterConfig(List<String> span, List<String> spanevent) {}
}
