package io.vivace.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedCacheTest {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final FakeRemote remote = new FakeRemote();
  private final CountingEvents events = new CountingEvents();
  private final AtomicLong now = new AtomicLong();
  private final GuardedCache cache =
      new GuardedCache("test", remote, settings(10, 1000, 20), events, now::get);

  private static GuardSettings settings(int waiting, long bytes, int maxItem) {
    return new GuardSettings(
        Duration.ofMillis(20), 3, PAUSE, Duration.ZERO, 1, waiting, bytes, maxItem);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void givesWhatWasPut() {
    assertThat(cache.get("a")).isNull();
    cache.put("a", new byte[] {1, 2});
    Eventually.until("written", () -> events.written.get() == 1);
    assertThat(cache.get("a")).containsExactly(1, 2);
    assertThat(events.hits).hasValue(1);
    assertThat(events.misses).hasValue(1);
  }

  @Test
  void leavesACacheAloneThatFailsAgainAndAgainAndTriesOneRequestLater() {
    for (FakeRemote.Mode mode :
        new FakeRemote.Mode[] {
          FakeRemote.Mode.FAILS, FakeRemote.Mode.IS_SILENT, FakeRemote.Mode.THROWS
        }) {
      remote.values.put("a", new byte[] {1});
      remote.mode = mode;
      remote.requests.set(0);
      for (int i = 0; i < 100; i++) {
        assertThat(cache.get("a")).isNull();
      }
      assertThat(remote.requests).hasValue(3);
      now.addAndGet(PAUSE.toNanos());
      assertThat(cache.get("a")).isNull();
      assertThat(cache.get("a")).isNull();
      assertThat(remote.requests).hasValue(4);
      remote.mode = FakeRemote.Mode.ANSWERS;
      assertThat(cache.get("a")).isNull();
      now.addAndGet(PAUSE.toNanos());
      assertThat(cache.get("a")).containsExactly(1);
      assertThat(cache.get("a")).containsExactly(1);
    }
  }

  @Test
  void dropsWritesThatWaitTooLongOrTakeTooMuchAndSkipsLargeValues() {
    FakeRemote silent = new FakeRemote();
    silent.mode = FakeRemote.Mode.IS_SILENT;
    GuardSettings slow =
        new GuardSettings(Duration.ofHours(1), 3, PAUSE, Duration.ZERO, 1, 4, 100, 60);
    try (GuardedCache blocked = new GuardedCache("test", silent, slow, events, now::get)) {
      blocked.put("first", new byte[10]);
      Eventually.until("the writer has taken it", () -> silent.requests.get() == 1);
      for (int i = 0; i < 10; i++) {
        blocked.put("next", new byte[10]);
      }
      assertThat(events.dropped).hasValue(6);
      assertThat(events.queue.getAsInt()).isEqualTo(4);
      blocked.put("large", new byte[61]);
      assertThat(events.skipped).hasValue(1);
    }
    GuardSettings bytes =
        new GuardSettings(Duration.ofHours(1), 3, PAUSE, Duration.ZERO, 1, 4, 100, 0);
    FakeRemote other = new FakeRemote();
    other.mode = FakeRemote.Mode.IS_SILENT;
    try (GuardedCache blocked = new GuardedCache("test", other, bytes, events, now::get)) {
      blocked.put("first", new byte[10]);
      Eventually.until("the writer has taken it", () -> other.requests.get() == 1);
      blocked.put("second", new byte[60]);
      blocked.put("third", new byte[60]);
      assertThat(events.dropped).hasValue(7);
    }
  }

  @Test
  void leavesOneServerAloneAndUsesTheOthers() {
    remote.values.put("other", new byte[] {2});
    remote.mode = FakeRemote.Mode.FAILS;
    for (int i = 0; i < 3; i++) {
      assertThat(cache.get("a")).isNull();
    }
    remote.mode = FakeRemote.Mode.ANSWERS;
    assertThat(cache.get("other")).containsExactly(2);
    assertThat(cache.get("a")).isNull();
    assertThat(remote.requests).hasValue(4);
  }

  @Test
  void doesNotSendKeysThatCannotBeSent() {
    cache.put("a b", new byte[1]);
    assertThat(cache.get("a b")).isNull();
    assertThat(remote.requests).hasValue(0);
  }
}
