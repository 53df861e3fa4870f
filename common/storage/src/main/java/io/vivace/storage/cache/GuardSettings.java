package io.vivace.storage.cache;

import java.time.Duration;

/// What keeps a shared cache from harming reads.
///
/// @param timeout longest wait for an answer
/// @param failures failures in a row after which the cache is left alone; 0 is 10
/// @param pause for how long; 0 is 10 s
/// @param interval after which failures are forgotten; 0 for never
/// @param writers writes at a time
/// @param waitingWrites writes that may wait; more are dropped
/// @param waitingBytes bytes of them that may wait
/// @param maxItemBytes values above are not written; 0 for any size
public record GuardSettings(
    Duration timeout,
    int failures,
    Duration pause,
    Duration interval,
    int writers,
    int waitingWrites,
    long waitingBytes,
    int maxItemBytes) {
  private static final int DEFAULT_FAILURES = 10;
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(10);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(100);

  /// Fills in what zero stands for.
  public GuardSettings {
    timeout = timeout.isPositive() ? timeout : DEFAULT_TIMEOUT;
    failures = failures > 0 ? failures : DEFAULT_FAILURES;
    pause = pause.isPositive() ? pause : DEFAULT_PAUSE;
    writers = Math.max(1, writers);
    waitingWrites = Math.max(1, waitingWrites);
  }
}
