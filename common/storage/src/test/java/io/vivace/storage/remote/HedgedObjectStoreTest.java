package io.vivace.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HedgedObjectStoreTest {
  private static final Duration AT_ONCE = Duration.ofNanos(1);
  private static final Duration NEVER = Duration.ofHours(1);

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger hedged = new AtomicInteger();
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @FunctionalInterface
  private interface Answer {
    byte[] to(int question) throws IOException;
  }

  private byte[] read(Duration after, int upTo, Answer answer) throws IOException {
    MemoryStore store =
        new MemoryStore() {
          @Override
          public byte[] read(String name) throws IOException {
            return answer.to(asked.incrementAndGet());
          }
        };
    StoreObserver observer =
        new StoreObserver() {
          @Override
          public void request(String method, String status, Duration took) {}

          @Override
          public void hedged() {
            hedged.incrementAndGet();
          }

          @Override
          public void breaker(boolean open) {}
        };
    return new HedgedObjectStore(store, new Hedge(after, upTo), observer).read("name", 0, 10);
  }

  /// Never answers, until it is told that nobody wants to know any more.
  private byte[] hang() throws IOException {
    try {
      new CountDownLatch(1).await();
      throw new IllegalStateException("unreachable");
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new InterruptedIOException();
    }
  }

  @Test
  void asksOnceWhenTheAnswerComesInTime() throws IOException {
    assertThat(read(NEVER, 3, question -> new byte[] {1})).containsExactly(1);
    assertThat(asked).hasValue(1);
    assertThat(hedged).hasValue(0);
  }

  @Test
  void takesTheSecondAnswerWhenTheFirstHangsAndInterruptsIt() throws Exception {
    assertThat(read(AT_ONCE, 2, question -> question == 1 ? hang() : new byte[] {2}))
        .containsExactly(2);
    assertThat(hedged).hasValue(1);
    interrupted.await();
  }

  @Test
  void sendsNoMoreThanItMay() throws Exception {
    CountDownLatch third = new CountDownLatch(3);
    byte[] answer =
        read(
            AT_ONCE,
            3,
            question -> {
              third.countDown();
              try {
                third.await();
              } catch (InterruptedException e) {
                throw new InterruptedIOException();
              }
              return new byte[] {(byte) 7};
            });
    assertThat(answer).containsExactly(7);
    assertThat(hedged).hasValue(2);
  }

  @Test
  void waitsForTheOthersWhenOneFails() throws IOException {
    CountDownLatch failed = new CountDownLatch(1);
    byte[] answer =
        read(
            AT_ONCE,
            2,
            question -> {
              if (question == 2) {
                failed.countDown();
                throw new IOException("reset");
              }
              try {
                failed.await();
              } catch (InterruptedException e) {
                throw new InterruptedIOException();
              }
              return new byte[] {1};
            });
    assertThat(answer).containsExactly(1);
  }

  @Test
  void failsWhenAllFail() {
    assertThatThrownBy(() ->
            read(
                NEVER,
                2,
                question -> {
                  throw new IOException("reset " + question);
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("reset 1");
  }

  @Test
  void believesThatAnObjectIsMissing() {
    assertThatThrownBy(() ->
            read(
                AT_ONCE,
                2,
                question -> {
                  if (question == 1) {
                    return hang();
                  }
                  throw new NoSuchFileException("name");
                }))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void isOffUnlessATimeAndMoreThanOneRequestAreGiven() {
    assertThat(new Hedge(Duration.ZERO, 2).enabled()).isFalse();
    assertThat(new Hedge(Duration.ofMillis(500), 1).enabled()).isFalse();
    assertThat(new Hedge(Duration.ofMillis(500), 2).enabled()).isTrue();
  }
}
