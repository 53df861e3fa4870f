package io.vivace.storage.cache;

import java.util.function.LongSupplier;

/// Stops asking somebody who fails again and again, and tries one request after a while.
final class CircuitBreaker {
  private final int failures;
  private final long openNanos;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private int inARow;
  private long countedSince;
  private boolean open;
  private long retryAt;

  /// @param failures in a row that open it
  /// @param openNanos how long nobody is asked then
  /// @param intervalNanos after which failures are forgotten; 0 for never
  CircuitBreaker(int failures, long openNanos, long intervalNanos, LongSupplier nanoTime) {
    this.failures = failures;
    this.openNanos = openNanos;
    this.intervalNanos = intervalNanos;
    this.nanoTime = nanoTime;
    this.countedSince = nanoTime.getAsLong();
  }

  /// Whether a request may be made. When it is open, one caller in `openNanos` may.
  synchronized boolean allows() {
    long now = nanoTime.getAsLong();
    if (!open) {
      if (intervalNanos > 0 && now - countedSince >= intervalNanos) {
        inARow = 0;
        countedSince = now;
      }
      return true;
    }
    if (now - retryAt < 0) {
      return false;
    }
    retryAt = now + openNanos;
    return true;
  }

  /// A request that was allowed went well.
  synchronized void succeeded() {
    open = false;
    inARow = 0;
  }

  /// A request that was allowed failed.
  synchronized void failed() {
    inARow++;
    if (open || inARow >= failures) {
      open = true;
      retryAt = nanoTime.getAsLong() + openNanos;
    }
  }
}
