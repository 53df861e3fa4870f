package io.vivace.distributor.usage;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vivace.distributor.PushListener;
import io.vivace.service.config.DistributorConfig.CostAttributionConfig;
import io.vivace.service.config.Limits;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpBatch;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Counts the bytes that tenants send by the attributes that their overrides name
/// (`cost_attribution.dimensions`). A tenant without dimensions is not counted.
public final class UsageTracker implements PushListener, Collector {
  private static final String METRIC = "tempo_usage_tracker_bytes_received";
  private static final String TRACKER = "cost-attribution";

  private final Function<String, Limits.CostAttribution> limits;
  private final int maxSeries;
  private final Duration staleAfter;
  private final Clock clock;
  private final Map<String, TenantUsage> tenants = new ConcurrentHashMap<>();

  /// A tracker that has counted nothing.
  ///
  /// @param config most series of a tenant, and after how long without bytes one is forgotten
  /// @param limits what the overrides of a tenant say now
  public UsageTracker(
      CostAttributionConfig config, Function<String, Limits.CostAttribution> limits, Clock clock) {
    this.limits = limits;
    this.maxSeries = config.maxCardinality();
    this.staleAfter = config.staleDuration();
    this.clock = clock;
  }

  @Override
  public void received(String tenant, OtlpBatch batch) {
    Limits.CostAttribution own = limits.apply(tenant);
    if (own.dimensions().isEmpty()) {
      return;
    }
    int max = own.maxCardinality() > 0 ? own.maxCardinality() : maxSeries;
    long now = clock.instant().getEpochSecond();
    // inside compute: a purge does not take a tenant away between the look-up and the counting
    TenantUsage _ =
        tenants.compute(
            tenant,
            (name, usage) ->
                observe(usage == null ? new TenantUsage() : usage, batch, own, max, now));
  }

  private static TenantUsage observe(
      TenantUsage usage, OtlpBatch batch, Limits.CostAttribution own, int max, long now) {
    try {
      usage.observe(batch, own.dimensions(), max, now);
      return usage;
    } catch (MalformedOtlpException e) {
      throw new IllegalStateException("a request that was validated", e);
    }
  }

  /// Forgets series that have had no bytes for long; to be called every minute.
  public void purge() {
    long oldest = clock.instant().minus(staleAfter).getEpochSecond();
    for (String tenant : tenants.keySet()) {
      TenantUsage _ =
          tenants.computeIfPresent(tenant, (name, usage) -> usage.purge(oldest) ? null : usage);
    }
  }

  @Override
  public MetricSnapshot collect() {
    Map<Labels, Long> bytesByLabels = new LinkedHashMap<>();
    tenants.forEach((tenant, usage) ->
        usage.forEach((labels, values, bytes) ->
            bytesByLabels.merge(
                Labels.of(labels, values).add("tenant", tenant).add("tracker", TRACKER),
                bytes,
                Long::sum)));
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder().name(METRIC).help("bytes received by cost attribution labels");
    bytesByLabels.forEach((labels, bytes) ->
        snapshot.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(bytes)
                .build()));
    return snapshot.build();
  }
}
