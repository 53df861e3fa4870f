package io.vivace.distributor;

import java.time.Duration;

/// What a tenant may send, in one distributor, and how it is answered.
///
/// @param rateBytes bytes per second; 0 or less lets only the first burst through
/// @param burstBytes largest request, and size of the bucket that `rateBytes` fills
/// @param distributors how many distributors share the tenant's rate, of which `rateBytes` is one
///   share; 0 when every distributor has a rate of its own (`rate_strategy: local`)
/// @param maxAttributeBytes where keys and string values are cut; 0 or less for nowhere
/// @param artificialDelay how long a push takes at least, 0 or less for no delay
/// @param retryAfter the advice when something is exhausted; zero for advice computed from the
///   bucket
public record IngestionLimits(
    double rateBytes,
    long burstBytes,
    int distributors,
    int maxAttributeBytes,
    Duration artificialDelay,
    Duration retryAfter) {
  /// The limits that `rate_strategy: local` gives, without delay and advice.
  public static IngestionLimits local(double rateBytes, long burstBytes, int maxAttributeBytes) {
    return new IngestionLimits(
        rateBytes, burstBytes, 0, maxAttributeBytes, Duration.ZERO, Duration.ZERO);
  }
}
