package io.vivace.ring.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.ring.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members of a ring that come, go, die and are cut off from each other: how long until everybody
/// knows. The limits are many times what was measured, because machines that build are busy.
@Tag("slow")
class RingExperimentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void agreesWithinSecondsOnJoinLeaveCrashPartitionAndReturn() throws Exception {
    try (Cluster cluster = new Cluster(6, Duration.ofSeconds(4), 5)) {
      List<Cluster.Member> members = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        members.add(cluster.start(i));
      }
      took("six members everywhere", () -> all(members, 6));

      members.get(2).life.leaving();
      took("a state everywhere", () -> leaving(members, "ingester-2"));
      members.get(2).life.leave(true);
      members.get(2).close();
      List<Cluster.Member> rest = without(members, 2);
      took(
          "a leave everywhere",
          () ->
              rest.stream()
                  .allMatch(m ->
                      m.ring.view().instances().stream()
                          .noneMatch(i -> i.id().equals("ingester-2"))));

      members.get(4).crash();
      List<Cluster.Member> alive = without(rest, 4);
      took("a crash everywhere", () -> alive.stream().allMatch(m -> m.healthy().size() == 4));
      assertThat(alive.get(0).ring.view().instances()).hasSize(5);

      Cluster.Member back = cluster.start(4);
      List<Cluster.Member> again = new ArrayList<>(alive);
      again.add(back);
      took("a return everywhere", () -> all(again, 5));

      List<Cluster.Member> here = List.of(members.get(0), members.get(1), back);
      List<Cluster.Member> there = List.of(members.get(3), members.get(5));
      cut(here, there);
      took("a partition on both sides", () -> all(here, 3) && all(there, 2));
      members.get(0).life.leaving();
      again.forEach(Cluster.Member::heal);
      took(
          "a change of the other side after healing",
          () -> all(again, 4) && leaving(again, "ingester-0"));
    }
  }

  private static void cut(List<Cluster.Member> here, List<Cluster.Member> there) {
    for (Cluster.Member one : here) {
      for (Cluster.Member other : there) {
        one.discard(other);
        other.discard(one);
      }
    }
  }

  private static List<Cluster.Member> without(List<Cluster.Member> members, int number) {
    return members.stream().filter(member -> member.number != number).toList();
  }

  private static boolean all(List<Cluster.Member> members, int healthy) {
    return members.stream().allMatch(member -> member.healthy().size() == healthy);
  }

  private static boolean leaving(List<Cluster.Member> members, String id) {
    return members.stream()
        .allMatch(member ->
            member.ring.view().instances().stream()
                .anyMatch(instance ->
                    instance.id().equals(id) && instance.state() == Instance.State.LEAVING));
  }

  private static void took(String what, Callable<Boolean> condition) {
    long start = System.nanoTime();
    Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition);
    System.out.printf("%s: %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
  }
}
