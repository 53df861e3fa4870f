package io.vivace.distributor;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The token bucket of one tenant in one distributor, in bytes. It starts full; a refusal consumes
/// nothing (`docs/reference`: rate limits).
final class IngestionRateLimiter {
  private final LongSupplier nanoTime;
  private double tokens;
  private long last;
  private boolean started;

  /// @param nanoTime a monotonic clock in nanoseconds
  IngestionRateLimiter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Takes `bytes` out of the bucket.
  ///
  /// @param rate bytes per second that flow in; 0 or less never refills
  /// @param burst size of the bucket
  /// @return zero when taken, otherwise how long until there is enough; a request larger than the
  ///   bucket gets the time to fill it
  synchronized Duration take(long bytes, double rate, long burst) {
    long now = nanoTime.getAsLong();
    if (!started) {
      started = true;
      tokens = burst;
    } else if (rate > 0) {
      tokens = Math.min(burst, tokens + (now - last) * rate / 1e9);
    }
    last = now;
    if (bytes <= tokens && bytes <= burst) {
      tokens -= bytes;
      return Duration.ZERO;
    }
    double missing = Math.min(bytes, burst) - tokens;
    double seconds = rate > 0 ? missing / rate : 60;
    return Duration.ofMillis(Math.max(1, Math.min(60_000, (long) Math.ceil(seconds * 1000))));
  }
}
