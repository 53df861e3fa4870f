package io.vivace.ring.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.ring.Instance.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DescriptorTest {
  @Test
  void laterStartsWinOverEarlierOnesHoweverOftenTheyChanged() {
    Descriptor before = Descriptors.of("a", State.ACTIVE, 1, 99, "n");
    Descriptor after = Descriptors.of("a", State.PENDING, 2, 1, "n");
    assertThat(before.merge(after)).isEqualTo(after);
    assertThat(after.merge(before)).isEqualTo(after);
  }

  @Test
  void ofEqualOrdersTheTombstoneWins() {
    Descriptor changed = Descriptors.of("a", State.LEAVING, 1, 2, "n");
    Descriptor forgotten = Descriptors.of("a", State.ACTIVE, 1, 1, "n").forgotten();
    assertThat(changed.merge(forgotten)).isEqualTo(forgotten);
    assertThat(forgotten.merge(changed)).isEqualTo(forgotten);
  }

  @Test
  void mergingIsCommutativeAssociativeAndIdempotent() {
    long seed = 20261124;
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      Descriptor a = Descriptors.random(random);
      Descriptor b = Descriptors.random(random);
      Descriptor c = Descriptors.random(random);
      String where = "seed " + seed + " round " + round;
      assertThat(a.merge(b)).as(where).isEqualTo(b.merge(a));
      assertThat(a.merge(b).merge(c)).as(where).isEqualTo(a.merge(b.merge(c)));
      assertThat(a.merge(a)).as(where).isEqualTo(a);
    }
  }

  /// What members know in the end does not depend on the order in which they heard it.
  @Test
  void storesAgreeWhateverTheyHeardFirst() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Descriptor> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(Descriptors.random(random));
      }
      Store one = store(all);
      Collections.shuffle(all, random);
      Store other = store(all);
      assertThat(other.members("r"))
          .as("seed %d round %d", seed, round)
          .isEqualTo(one.members("r"));
      assertThat(one.newerThan(other.digest())).isEmpty();
    }
  }

  private static Store store(List<Descriptor> heard) {
    Store store = new Store(1000);
    for (Descriptor next : heard) {
      boolean _ = store.merge("r", next, 0);
    }
    return store;
  }

  @Test
  void tombstonesEndAndDoNotComeBack() {
    Store store = new Store(1000);
    Descriptor alive = Descriptors.of("a", State.ACTIVE, 1, 1, "n");
    boolean _ = store.merge("r", alive, 0);
    boolean _ = store.merge("r", alive.forgotten(), 10);
    assertThat(store.expire(1011)).isTrue();
    assertThat(store.members("r")).isEmpty();
    assertThat(store.merge("r", alive, 1012)).isFalse();
    assertThat(store.merge("r", alive.forgotten(), 1012)).isFalse();
    assertThat(store.merge("r", Descriptors.of("a", State.PENDING, 2, 1, "n"), 1012)).isTrue();
  }

  @Test
  void aDigestAsksForWhatIsNewerOnly() {
    Store store = new Store(1000);
    boolean _ = store.merge("r", Descriptors.of("a", State.ACTIVE, 1, 1, "n"), 0);
    Store other = new Store(1000);
    assertThat(store.newerThan(other.digest())).hasSize(1);
    boolean _ = other.merge("r", Descriptors.of("a", State.ACTIVE, 1, 2, "n"), 0);
    assertThat(store.newerThan(other.digest())).isEmpty();
    assertThat(other.newerThan(store.digest())).hasSize(1);
  }
}
