package io.vivace.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.ring.Instance;
import io.vivace.ring.RingView;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTraceLimitTest {
  @Test
  void dividesTheGlobalLimitAmongHealthyIngestersAndCountsReplicas() {
    assertThat(LiveTraceLimit.of(0, 1000, ring(5, 3))).isEqualTo(600);
    assertThat(LiveTraceLimit.of(0, 1000, ring(3, 3))).isEqualTo(1000);
    assertThat(LiveTraceLimit.of(0, 10, ring(4, 1))).isEqualTo(2);
  }

  @Test
  void takesTheSmallerLimitOfThoseThatAreSet() {
    assertThat(LiveTraceLimit.of(500, 1000, ring(5, 3))).isEqualTo(500);
    assertThat(LiveTraceLimit.of(700, 1000, ring(5, 3))).isEqualTo(600);
    assertThat(LiveTraceLimit.of(700, 0, ring(5, 3))).isEqualTo(700);
    assertThat(LiveTraceLimit.of(0, 0, ring(5, 3))).isZero();
  }

  @Test
  void ignoresTheGlobalLimitWhileNoIngesterIsHealthy() {
    assertThat(LiveTraceLimit.of(700, 1000, ring(0, 3))).isEqualTo(700);
  }

  @Test
  void keepsAtLeastOneTraceOfALimitThatIsSmallerThanTheRing() {
    assertThat(LiveTraceLimit.of(0, 1, ring(5, 3))).isEqualTo(1);
  }

  private static RingView ring(int healthy, int replicationFactor) {
    Map<Instance, int[]> members = new HashMap<>();
    members.put(new Instance("leaving", "leaving", "", Instance.State.LEAVING), new int[] {0});
    for (int i = 1; i <= healthy; i++) {
      members.put(new Instance("i" + i, "i" + i, "", Instance.State.ACTIVE), new int[] {i});
    }
    return RingView.of(members, replicationFactor);
  }
}
