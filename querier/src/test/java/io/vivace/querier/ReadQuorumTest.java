package io.vivace.querier;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.ring.Instance;
import io.vivace.ring.ReadSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadQuorumTest {
  private static final Instance A1 = instance("a1", "a");
  private static final Instance A2 = instance("a2", "a");
  private static final Instance B1 = instance("b1", "b");
  private static final Instance C1 = instance("c1", "c");

  private static Instance instance(String id, String zone) {
    return new Instance(id, id, zone, Instance.State.ACTIVE);
  }

  @Test
  void doesNotWaitForMoreThanItNeeds() {
    ReadQuorum quorum = new ReadQuorum(new ReadSet(List.of(A1, B1, C1), false, 1));
    quorum.answered(A1);
    assertThat(quorum.isReached()).isFalse();
    quorum.answered(C1);
    assertThat(quorum.isReached()).isTrue();
  }

  @Test
  void isImpossibleWhenMoreFailThanMay() {
    ReadQuorum quorum = new ReadQuorum(new ReadSet(List.of(A1, B1, C1), false, 1));
    quorum.failed(A1);
    assertThat(quorum.isImpossible()).isFalse();
    quorum.failed(B1);
    assertThat(quorum.isImpossible()).isTrue();
  }

  @Test
  void countsAZoneOnceHoweverManyOfItFail() {
    ReadQuorum quorum = new ReadQuorum(new ReadSet(List.of(A1, A2, B1, C1), true, 1));
    quorum.failed(A1);
    quorum.failed(A2);
    assertThat(quorum.isImpossible()).isFalse();
    quorum.answered(B1);
    quorum.answered(C1);
    assertThat(quorum.isReached()).isTrue();
  }

  @Test
  void countsAZoneWhenAllOfItAnswered() {
    ReadQuorum quorum = new ReadQuorum(new ReadSet(List.of(A1, A2, B1, C1), true, 1));
    quorum.answered(A1);
    quorum.answered(B1);
    assertThat(quorum.isReached()).isFalse();
    quorum.answered(A2);
    assertThat(quorum.isReached()).isTrue();
  }
}
