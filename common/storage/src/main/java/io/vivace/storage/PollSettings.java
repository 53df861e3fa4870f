package io.vivace.storage;

import java.time.Duration;

/// How the block list is polled: keys `storage.trace.blocklist_poll_…`.
///
/// @param concurrency metas of a tenant that are read at a time
/// @param tenantConcurrency tenants that are polled at a time
/// @param fallback whether blocks are listed when an index cannot be used
/// @param staleIndex age from which an index is not used; 0 for any age
/// @param jitter longest wait before each meta is read, chosen at random
/// @param consecutiveErrors how often a tenant that fails is tried again within a poll
/// @param tenantFailures how many tenants may fail before a poll is given up
/// @param deletesEmptyTenants whether what is left of tenants without blocks is removed
/// @param emptyTenantAge how old everything that is left must be; 0 is 12 hours
public record PollSettings(
    int concurrency,
    int tenantConcurrency,
    boolean fallback,
    Duration staleIndex,
    Duration jitter,
    int consecutiveErrors,
    int tenantFailures,
    boolean deletesEmptyTenants,
    Duration emptyTenantAge) {
  private static final Duration DEFAULT_EMPTY_TENANT_AGE = Duration.ofHours(12);

  /// Tempo's defaults.
  public static final PollSettings DEFAULT =
      new PollSettings(50, 1, true, Duration.ZERO, Duration.ZERO, 1, 1, false, Duration.ZERO);

  /// Fills in what zero stands for.
  public PollSettings {
    concurrency = Math.max(1, concurrency);
    tenantConcurrency = Math.max(1, tenantConcurrency);
    consecutiveErrors = Math.max(0, consecutiveErrors);
    tenantFailures = Math.max(0, tenantFailures);
    emptyTenantAge = emptyTenantAge.isPositive() ? emptyTenantAge : DEFAULT_EMPTY_TENANT_AGE;
  }
}
