package io.vivace.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArtificialDelayTest {
  private final AtomicLong nanos = new AtomicLong(-500);
  private final List<Long> pauses = new ArrayList<>();
  private final ArtificialDelay delay =
      new ArtificialDelay(nanos::get, pauses::add, new SplittableRandom(7));

  @Test
  void waitsForTheRestGiveOrTakeATenth() {
    long start = nanos.getAndAdd(400);
    for (int i = 0; i < 1000; i++) {
      delay.pad(start, 1400);
    }
    assertThat(pauses).hasSize(1000).allMatch(pause -> pause >= 900 && pause <= 1100);
    assertThat(pauses).anyMatch(pause -> pause < 920).anyMatch(pause -> pause > 1080);
  }

  @Test
  void doesNotWaitWhenTheTimeIsOverOrNoneIsAsked() {
    long start = nanos.getAndAdd(400);
    delay.pad(start, 400);
    delay.pad(start, 0);
    delay.pad(start, -1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void keepsTheInterruptOfAPushThatIsToldToStop() {
    ArtificialDelay interrupted =
        new ArtificialDelay(
            nanos::get,
            wait -> {
              throw new InterruptedException();
            },
            new SplittableRandom(7));
    interrupted.pad(nanos.get(), 1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
