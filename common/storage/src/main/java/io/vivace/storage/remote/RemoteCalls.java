package io.vivace.storage.remote;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.vivace.storage.Pause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends requests to one bucket: repeats those that may succeed the next time, and stops sending
/// for a while when the store is down, so that callers fail at once instead of waiting for it.
///
/// The breaker opens when half of the last 20 requests, and 10 at least, found no answer or a
/// broken store; it lets three requests through after five seconds and closes when they succeed. An
/// object that is missing, a request that is refused and throttling say nothing about health.
public final class RemoteCalls {
  /// One attempt.
  ///
  /// @param <T> what the store answers
  @FunctionalInterface
  public interface Call<T> {
    /// Asks once.
    ///
    /// @throws NoSuchFileException for an object that is not there
    /// @throws StoreException for every other failure of the store
    T send() throws IOException;
  }

  private static final Duration OPEN = Duration.ofSeconds(5);

  private final String store;
  private final RetryPolicy retries;
  private final Pause pause;
  private final RandomGenerator random;
  private final CircuitBreaker breaker;

  /// @param store what errors call it, such as `s3 bucket traces`
  /// @param clock time of the breaker
  /// @param random jitter of the waits
  public RemoteCalls(
      String store,
      RetryPolicy retries,
      Clock clock,
      Pause pause,
      RandomGenerator random,
      StoreObserver observer) {
    this.store = store;
    this.retries = retries;
    this.pause = pause;
    this.random = random;
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .permittedNumberOfCallsInHalfOpenState(3)
            .waitDurationInOpenState(OPEN)
            .clock(clock)
            .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
            .build();
    this.breaker = CircuitBreaker.of(store, config);
    breaker
        .getEventPublisher()
        .onStateTransition(event ->
            observer.breaker(event.getStateTransition().getToState() == CircuitBreaker.State.OPEN));
  }

  /// What errors call the store.
  public String store() {
    return store;
  }

  /// Sends a request, more than once when that may help.
  ///
  /// @param operation for errors, such as `read`
  /// @param object for errors
  /// @throws NoSuchFileException for an object that is not there
  /// @throws StoreException when the store refused, or when no attempt succeeded
  public <T> T run(String operation, String object, Call<T> call) throws IOException {
    String context = store + ": " + operation + " " + object;
    StoreException last = null;
    for (int attempt = 1; ; attempt++) {
      if (!breaker.tryAcquirePermission()) {
        throw refusal(last).in(context);
      }
      try {
        return once(call);
      } catch (StoreException e) {
        if (e.kind() == StoreException.Kind.REFUSED || attempt >= retries.attempts()) {
          throw e.in(attempt == 1 ? context : context + " (attempt " + attempt + ")");
        }
        last = e;
        waitFor(retries.wait(attempt, e, random), context);
      }
    }
  }

  private static StoreException refusal(@Nullable StoreException last) {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE,
        0,
        "not sent, because the requests before failed (expected: a store that answers; it is asked"
            + " again after "
            + OPEN.toSeconds()
            + " s)"
            + (last == null ? "" : ": " + last.getMessage()),
        null,
        last);
  }

  private <T> T once(Call<T> call) throws IOException {
    long start = breaker.getCurrentTimestamp();
    boolean told = false;
    try {
      T answer = call.send();
      breaker.onSuccess(breaker.getCurrentTimestamp() - start, TimeUnit.MILLISECONDS);
      told = true;
      return answer;
    } catch (StoreException e) {
      long took = breaker.getCurrentTimestamp() - start;
      switch (e.kind()) {
        case UNAVAILABLE -> breaker.onError(took, TimeUnit.MILLISECONDS, e);
        case REFUSED, THROTTLED -> breaker.onSuccess(took, TimeUnit.MILLISECONDS);
      }
      told = true;
      throw e;
    } catch (NoSuchFileException e) {
      breaker.onSuccess(breaker.getCurrentTimestamp() - start, TimeUnit.MILLISECONDS);
      told = true;
      throw e;
    } finally {
      if (!told) {
        breaker.releasePermission();
      }
    }
  }

  private void waitFor(Duration time, String context) throws IOException {
    try {
      pause.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(context + ": interrupted");
    }
  }
}
