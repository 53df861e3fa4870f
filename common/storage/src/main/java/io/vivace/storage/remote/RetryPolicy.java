package io.vivace.storage.remote;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often a request is tried, and how long between: exponential, with full jitter, so that many
/// processes that failed together do not come back together.
///
/// @param attempts at least 1
/// @param base bound of the first wait
/// @param cap bound of every wait, of what the store asks for too
public record RetryPolicy(int attempts, Duration base, Duration cap) {
  /// Five attempts, at most 1.5 s of waiting together unless the store asks for more.
  public static RetryPolicy standard() {
    return new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(10));
  }

  /// The wait after attempt number `attempt`, which counts from 1.
  Duration wait(int attempt, StoreException failure, RandomGenerator random) {
    long bound = base.toNanos() << Math.min(attempt - 1, 20);
    Duration jittered = Duration.ofNanos(random.nextLong(Math.min(bound, cap.toNanos()) + 1));
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration wait = asked.compareTo(jittered) > 0 ? asked : jittered;
    return wait.compareTo(cap) > 0 ? cap : wait;
  }
}
