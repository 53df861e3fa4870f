package io.vivace.distributor;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Makes every push take at least a given time, so that clients can be tried against a slow
/// backend. Source of the rule: Tempo 2.9 `modules/distributor/artificial_delay.go`.
public final class ArtificialDelay {
  /// How far a delay may be off, in each direction.
  private static final double JITTER = 0.1;

  private final LongSupplier nanoTime;
  private final Pause pause;
  private final RandomGenerator random;

  /// Waits on the thread that calls.
  @FunctionalInterface
  public interface Pause {
    /// Returns after `nanos` nanoseconds.
    ///
    /// @throws InterruptedException when the thread was told to stop
    void nanos(long nanos) throws InterruptedException;
  }

  /// A delay with its sources of time and chance.
  ///
  /// @param nanoTime a monotonic clock in nanoseconds
  /// @param random must be safe for many threads
  public ArtificialDelay(LongSupplier nanoTime, Pause pause, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.random = random;
  }

  /// Waits for what is left of `target` nanoseconds since `start`, up to a tenth more or less; not
  /// at all when they are over.
  void pad(long start, long target) {
    long left = target - (nanoTime.getAsLong() - start);
    if (target <= 0 || left <= 0) {
      return;
    }
    try {
      pause.nanos((long) (left * random.nextDouble(1 - JITTER, 1 + JITTER)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
