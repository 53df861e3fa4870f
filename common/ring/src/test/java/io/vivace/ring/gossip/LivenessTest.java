package io.vivace.ring.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private final Liveness liveness = new Liveness();

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  @Test
  void believesAtOnceWhoComesAndGoesOnce() {
    assertThat(liveness.seen(Set.of("a"), 0)).isTrue();
    assertThat(liveness.alive("a")).isTrue();
    assertThat(liveness.seen(Set.of(), seconds(1))).isTrue();
    assertThat(liveness.alive("a")).isFalse();
  }

  @Test
  void whoFlapsHasToStayOrToStayAwayForTenSeconds() {
    for (int i = 0; i < 10; i++) {
      boolean _ = liveness.seen(i % 2 == 0 ? Set.of("a") : Set.of(), seconds(i));
    }
    assertThat(liveness.alive("a")).isFalse();
    boolean _ = liveness.seen(Set.of("a"), seconds(10));
    assertThat(liveness.settle(seconds(19))).isFalse();
    assertThat(liveness.alive("a")).isFalse();
    assertThat(liveness.settle(seconds(20))).isTrue();
    assertThat(liveness.alive("a")).isTrue();
  }

  @Test
  void changesOfOneThatFlapsAreFew() {
    int changes = 0;
    for (int second = 0; second < 120; second++) {
      changes += liveness.seen(second % 2 == 0 ? Set.of("a") : Set.of(), seconds(second)) ? 1 : 0;
    }
    assertThat(changes).isLessThanOrEqualTo(4);
  }

  @Test
  void isStableWhenNobodyCameOrWentForAMinute() {
    boolean _ = liveness.seen(Set.of("a"), 0);
    assertThat(liveness.isStable(seconds(1))).isFalse();
    assertThat(liveness.isStable(seconds(61))).isTrue();
  }
}
