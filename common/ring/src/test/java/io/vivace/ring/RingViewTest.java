package io.vivace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RingViewTest {
  private static Instance instance(String id, Instance.State state) {
    return new Instance(id, id, "", state);
  }

  @Test
  void takesTheOwnerOfTheFirstGreaterTokenAndWraps() throws RingException {
    Instance a = instance("a", Instance.State.ACTIVE);
    Instance b = instance("b", Instance.State.ACTIVE);
    RingView view = RingView.of(Map.of(a, new int[] {10}, b, new int[] {-10}), 1);
    assertThat(view.replicas(9).instances()).containsExactly(a);
    assertThat(view.replicas(10).instances()).containsExactly(b);
    assertThat(view.replicas(-10).instances()).containsExactly(a);
  }

  @Test
  void countsMembersThatAreActive() {
    RingView view =
        RingView.of(
            Map.of(
                instance("a", Instance.State.ACTIVE), new int[] {1},
                instance("b", Instance.State.LEAVING), new int[] {2},
                instance("c", Instance.State.ACTIVE), new int[0]),
            1);
    assertThat(view.healthyCount()).isEqualTo(2);
  }

  @Test
  void goesOnPastAnInstanceThatCannotWrite() throws RingException {
    Map<Instance, int[]> members = new HashMap<>();
    members.put(instance("a", Instance.State.LEAVING), new int[] {1});
    for (String id : List.of("b", "c", "d")) {
      members.put(instance(id, Instance.State.ACTIVE), new int[] {id.charAt(0)});
    }
    RingView.Replicas replicas = RingView.of(members, 3).replicas(0);
    assertThat(replicas.instances()).extracting(Instance::id).containsExactly("b", "c", "d");
    assertThat(replicas.quorum()).isEqualTo(3);
  }

  @Test
  void saysHowManyReplicasAreMissing() {
    RingView view =
        RingView.of(
            Map.of(
                instance("a", Instance.State.ACTIVE),
                new int[] {1},
                instance("b", Instance.State.PENDING),
                new int[] {2}),
            3);
    assertThatThrownBy(() -> view.replicas(0))
        .isInstanceOf(RingException.class)
        .hasMessage(
            "at least 2 live replicas required, could only find 1 - unhealthy instances: b");
    assertThatThrownBy(() -> RingView.of(Map.of(), 3).replicas(0)).hasMessage("empty ring");
  }

  @Test
  void agreesWithANaiveWalk() throws RingException {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<Instance, int[]> members = new HashMap<>();
      TreeMap<Long, Instance> byToken = new TreeMap<>();
      for (int i = 0; i < 5; i++) {
        Instance instance = instance("i" + i, Instance.State.ACTIVE);
        int[] tokens = random.ints(8).toArray();
        members.put(instance, tokens);
        for (int token : tokens) {
          byToken.put(Integer.toUnsignedLong(token), instance);
        }
      }
      RingView view = RingView.of(members, 3);
      for (int i = 0; i < 200; i++) {
        int key = random.nextInt();
        List<Instance> clockwise =
            java.util.stream.Stream.concat(
                    byToken.tailMap(Integer.toUnsignedLong(key), false).values().stream(),
                    byToken.values().stream())
                .distinct()
                .limit(3)
                .toList();
        assertThat(view.replicas(key).instances()).as("seed %d", seed).isEqualTo(clockwise);
      }
    }
  }

  @Test
  void placesKeysAlikeInEveryProcess() throws RingException {
    StaticRing one = new StaticRing(List.of("a:1", "b:1", "c:1"), 3);
    StaticRing other = new StaticRing(List.of("c:1", "a:1", "b:1"), 3);
    for (int key = 0; key < 1_000_000; key += 9973) {
      assertThat(one.view().replicas(key)).isEqualTo(other.view().replicas(key));
    }
    assertThat(new StaticRing(List.of("a:1"), 3).view().replicas(0).quorum()).isEqualTo(1);
  }
}
