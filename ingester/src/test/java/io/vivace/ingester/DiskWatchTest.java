package io.vivace.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
  private double used;
  private boolean fails;
  private final DiskWatch watch =
      new DiskWatch(() -> {
        if (fails) {
          throw new IOException("gone");
        }
        return used;
      });

  private void look(double part) {
    used = part;
    watch.look();
  }

  @Test
  void staysReadOnlyUntilThereIsRoomAgain() {
    look(0.89);
    assertThat(watch.isHigh()).isFalse();
    look(0.90);
    assertThat(watch.isHigh()).isTrue();
    look(0.86);
    assertThat(watch.isHigh()).isTrue();
    look(0.84);
    assertThat(watch.isHigh()).isFalse();
  }

  @Test
  void refusesPushesOnlyWhileItIsCritical() {
    look(0.96);
    assertThat(watch.isCritical()).isFalse();
    look(0.97);
    assertThat(watch.isCritical()).isTrue();
    look(0.95);
    assertThat(watch.isCritical()).isFalse();
  }

  @Test
  void keepsWhatItKnowsOfADiskThatDoesNotTell() {
    look(0.99);
    fails = true;
    watch.look();
    assertThat(watch.isCritical()).isTrue();
  }
}
