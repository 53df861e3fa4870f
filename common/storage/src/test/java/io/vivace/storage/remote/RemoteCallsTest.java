package io.vivace.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.storage.remote.StoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteCallsTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(300));

  private final List<Duration> waits = new ArrayList<>();
  private final List<Boolean> breaker = new ArrayList<>();
  private final SteppedClock clock = new SteppedClock();
  private final RemoteCalls calls = calls(new SplittableRandom(3));
  private int sent;

  private RemoteCalls calls(SplittableRandom random) {
    StoreObserver observer =
        new StoreObserver() {
          @Override
          public void request(String method, String status, Duration took) {}

          @Override
          public void hedged() {}

          @Override
          public void breaker(boolean open) {
            breaker.add(open);
          }
        };
    return new RemoteCalls("s3 bucket b", POLICY, clock, waits::add, random, observer);
  }

  /// A clock that a test moves.
  private static final class SteppedClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static StoreException failure(Kind kind, int status, @Nullable Duration retryAfter) {
    return new StoreException(kind, status, status + " Broken", retryAfter, null);
  }

  private String send(int failures, StoreException failure) throws IOException {
    sent = 0;
    return calls.run(
        "read",
        "t/b/index",
        () -> {
          if (sent++ < failures) {
            throw failure;
          }
          return "answer";
        });
  }

  @Test
  void repeatsUntilTheStoreAnswers() throws IOException {
    assertThat(send(3, failure(Kind.UNAVAILABLE, 500, null))).isEqualTo("answer");
    assertThat(sent).isEqualTo(4);
    assertThat(waits).hasSize(3);
  }

  @Test
  void givesUpAfterTheLastAttemptAndSaysWhatItWas() {
    assertThatThrownBy(() -> send(9, failure(Kind.UNAVAILABLE, 500, null)))
        .isInstanceOf(StoreException.class)
        .hasMessage("s3 bucket b: read t/b/index (attempt 4): 500 Broken");
    assertThat(sent).isEqualTo(4);
  }

  @Test
  void asksOnlyOnceWhatWillBeRefusedAgain() {
    assertThatThrownBy(() -> send(9, failure(Kind.REFUSED, 403, null)))
        .hasMessage("s3 bucket b: read t/b/index: 403 Broken");
    assertThat(sent).isEqualTo(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void doesNotRepeatForAMissingObject() {
    assertThatThrownBy(() ->
            calls.run(
                "read",
                "x",
                () -> {
                  sent++;
                  throw new NoSuchFileException("x");
                }))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void waitsLongerEachTimeButNeverBeyondItsBound() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 1000; round++) {
      for (int attempt = 1; attempt <= 40; attempt++) {
        Duration wait = POLICY.wait(attempt, failure(Kind.THROTTLED, 429, null), random);
        long bound = Math.min(300, 100L << Math.min(attempt - 1, 10));
        assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(bound));
      }
    }
  }

  @Test
  void waitsAsLongAsTheStoreAsksUpToTheBound() throws IOException {
    String _ = send(1, failure(Kind.THROTTLED, 503, Duration.ofMillis(250)));
    String _ = send(1, failure(Kind.THROTTLED, 503, Duration.ofHours(1)));
    assertThat(waits.getFirst()).isGreaterThanOrEqualTo(Duration.ofMillis(250));
    assertThat(waits.getLast()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void stopsAskingAStoreThatIsDownAndTriesAgainLater() throws IOException {
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> send(9, failure(Kind.UNAVAILABLE, 0, null)))
          .isInstanceOf(StoreException.class);
    }
    assertThat(breaker).containsExactly(true);
    assertThatThrownBy(() -> send(0, failure(Kind.UNAVAILABLE, 0, null)))
        .hasMessageContaining("s3 bucket b: read t/b/index: not sent");
    assertThat(sent).isZero();
    clock.now = clock.now.plusSeconds(6);
    for (int i = 0; i < 3; i++) {
      assertThat(send(0, failure(Kind.UNAVAILABLE, 0, null))).isEqualTo("answer");
    }
    assertThat(breaker).last().isEqualTo(false);
  }

  @Test
  void staysOpenWhileTheStoreRefusesOrThrottles() {
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> send(9, failure(Kind.REFUSED, 403, null))).isNotNull();
      assertThatThrownBy(() -> send(9, failure(Kind.THROTTLED, 429, null))).isNotNull();
    }
    assertThat(breaker).isEmpty();
  }

  @Test
  void saysWhyItStoppedInTheMiddle() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> send(9, failure(Kind.UNAVAILABLE, 500, null))).isNotNull();
    }
    assertThatThrownBy(() -> send(9, failure(Kind.UNAVAILABLE, 500, null)))
        .hasMessageContaining("not sent")
        .hasMessageContaining("500 Broken");
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    RemoteCalls interrupted =
        new RemoteCalls(
            "s3",
            POLICY,
            clock,
            time -> {
              throw new InterruptedException();
            },
            new SplittableRandom(1),
            StoreObserver.none());
    assertThatThrownBy(() ->
            interrupted.run(
                "read",
                "x",
                () -> {
                  throw failure(Kind.UNAVAILABLE, 500, null);
                }))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void tellsKindsOfStatusApart() {
    assertThat(StoreException.kind(500, false)).isEqualTo(Kind.UNAVAILABLE);
    assertThat(StoreException.kind(503, false)).isEqualTo(Kind.UNAVAILABLE);
    assertThat(StoreException.kind(503, true)).isEqualTo(Kind.THROTTLED);
    assertThat(StoreException.kind(429, false)).isEqualTo(Kind.THROTTLED);
    assertThat(StoreException.kind(408, false)).isEqualTo(Kind.THROTTLED);
    assertThat(StoreException.kind(501, false)).isEqualTo(Kind.REFUSED);
    assertThat(StoreException.kind(403, false)).isEqualTo(Kind.REFUSED);
  }
}
