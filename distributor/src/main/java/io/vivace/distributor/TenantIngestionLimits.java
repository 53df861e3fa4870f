package io.vivace.distributor;

import io.vivace.ring.Ring;
import io.vivace.service.config.DistributorConfig;
import io.vivace.service.config.Limits;
import io.vivace.service.overrides.Overrides;
import java.time.Duration;
import java.util.function.Function;

/// The limits of a tenant now: its overrides, the distributor's settings where they say nothing,
/// and the rate shared with the other distributors when the strategy is global.
///
/// Source of the rules: Tempo 2.9 `modules/distributor/ingestion_rate_strategy.go`. The strategy is
/// one for all tenants; the rate is divided, the burst is not.
final class TenantIngestionLimits implements Function<String, IngestionLimits> {
  private final Overrides overrides;
  private final DistributorConfig settings;
  private final boolean global;
  private final Ring distributors;

  /// @param global whether `overrides.defaults.ingestion.rate_strategy` is `global`
  /// @param distributors the ring of the distributors
  TenantIngestionLimits(
      Overrides overrides, DistributorConfig settings, boolean global, Ring distributors) {
    this.overrides = overrides;
    this.settings = settings;
    this.global = global;
    this.distributors = distributors;
  }

  @Override
  public IngestionLimits apply(String tenant) {
    Limits.Ingestion limits = overrides.limits(tenant).ingestion();
    int sharing = global ? distributors.view().healthyCount() : 0;
    int maxAttributeBytes = limits.maxAttributeBytes();
    Duration delay = limits.artificialDelay();
    return new IngestionLimits(
        (double) limits.rateLimitBytes() / Math.max(1, sharing),
        limits.burstSizeBytes(),
        sharing,
        maxAttributeBytes > 0 ? maxAttributeBytes : settings.maxAttributeBytes(),
        delay == null ? settings.artificialDelay() : delay,
        settings.retryAfterOnResourceExhausted());
  }
}
