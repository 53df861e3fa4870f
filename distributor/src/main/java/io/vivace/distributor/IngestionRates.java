package io.vivace.distributor;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The token buckets of all tenants, and the words of a refusal. Source of the texts: Tempo 2.9
/// `modules/distributor/distributor.go`.
final class IngestionRates {
  private final LongSupplier nanoTime;
  private final Map<String, IngestionRateLimiter> limiters = new ConcurrentHashMap<>();

  /// @param nanoTime a monotonic clock in nanoseconds
  IngestionRates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Takes the bytes of one request.
  ///
  /// @throws PushException when there are not enough; nothing is taken then
  void take(String tenant, long size, IngestionLimits limits) throws PushException {
    Duration wait =
        limiters
            .computeIfAbsent(tenant, key -> new IngestionRateLimiter(nanoTime))
            .take(size, limits.rateBytes(), limits.burstBytes());
    if (!wait.isZero()) {
      PushException refused =
          new PushException(Status.Code.RESOURCE_EXHAUSTED, refusal(tenant, size, limits), wait);
      throw size > limits.burstBytes() ? refused.forGood() : refused;
    }
  }

  private static String refusal(String tenant, long size, IngestionLimits limits) {
    long rate = (long) limits.rateBytes();
    long burst = limits.burstBytes();
    String numbers =
        "(local: %d bytes/s, global: %d bytes/s, burst: %d bytes)"
            .formatted(rate, rate * limits.distributors(), burst);
    return size > rate && size > burst
        ? "RATE_LIMITED: batch size (%d bytes) exceeds ingestion limit %s while adding %d bytes for user %s. consider reducing batch size or increasing rate limit."
            .formatted(size, numbers, size, tenant)
        : "RATE_LIMITED: ingestion rate limit %s exceeded while adding %d bytes for user %s. consider increasing the limit or reducing ingestion rate."
            .formatted(numbers, size, tenant);
  }
}
