package io.vivace.ring.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.ring.Instance;
import io.vivace.ring.Instance.State;
import io.vivace.ring.MembershipEngine;
import io.vivace.ring.Replication;
import io.vivace.ring.Ring;
import io.vivace.ring.RingOwnership;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What members tell each other, over a network without time in which messages are lost.
class RingGossipTest {
  private static final String RING = "r";

  @TempDir private Path folder;
  private final Random random = new Random(20261124);
  private final Map<String, Member> network = new LinkedHashMap<>();
  private final ArrayDeque<Runnable> underWay = new ArrayDeque<>();
  private double loss;
  private long now = 1;

  /// One member.
  private final class Member implements MembershipEngine {
    private final String node;
    private final RingGossip gossip;
    private final Ring ring;
    private final InstanceLife life;
    private @Nullable Listener listener;

    Member(String node, String id, @Nullable Path tokens) {
      this.node = node;
      this.gossip =
          new RingGossip(
              this,
              Runnable::run,
              () -> now,
              Clock.systemUTC(),
              new Random(random.nextLong()),
              Duration.ofMinutes(5));
      this.ring = gossip.ring(RING, Replication.of(3), null);
      this.life =
          new InstanceLife(
              new LifeSettings(
                  RING, id, "host:1", "", 16, tokens, LifeSettings.Pace.AT_ONCE, true, true),
              gossip,
              ring,
              () -> now,
              new Random(random.nextLong()),
              time -> {});
    }

    @Override
    public void join(Listener told) {
      listener = told;
      network.put(node, this);
      view();
    }

    @Override
    public Node self() {
      return new Node(node, node, "");
    }

    @Override
    public void broadcast(byte[] bytes) {
      Set.copyOf(network.keySet()).forEach(other -> send(other, bytes));
    }

    @Override
    public void send(String to, byte[] bytes) {
      if (!to.equals(node) && network.containsKey(node) && random.nextDouble() >= loss) {
        underWay.add(() -> {
          Member receiver = network.get(to);
          if (receiver != null && receiver.listener != null) {
            receiver.listener.message(node, bytes);
          }
        });
      }
    }

    @Override
    public void leave() {
      crash();
    }

    void crash() {
      network.remove(node);
      view();
    }
  }

  private void view() {
    List<MembershipEngine.Node> nodes = new ArrayList<>();
    network.values().forEach(member -> nodes.add(member.self()));
    for (Member member : List.copyOf(network.values())) {
      if (member.listener != null) {
        member.listener.members(nodes);
      }
    }
  }

  private void deliver() {
    while (!underWay.isEmpty()) {
      underWay.removeFirst().run();
    }
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += 1_000_000_000;
      List.copyOf(network.values()).forEach(member -> member.gossip.tick());
      deliver();
    }
  }

  private Member start(String node, String id) throws Exception {
    return start(node, id, null);
  }

  private Member start(String node, String id, @Nullable Path tokens) throws Exception {
    Member member = new Member(node, id, tokens);
    member.gossip.join();
    deliver();
    member.life.announce();
    member.life.activate();
    deliver();
    return member;
  }

  private static Instance find(Member seenBy, String id) {
    return seenBy.ring.view().instances().stream()
        .filter(instance -> instance.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everybodyKnowsEverybodyAlthoughMessagesAreLost() throws Exception {
    loss = 0.7;
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      members.add(start("n" + i, "i" + i));
    }
    pass(300);
    for (Member member : members) {
      assertThat(member.ring.view().instances())
          .hasSize(5)
          .allMatch(instance -> instance.state() == State.ACTIVE);
    }
  }

  @Test
  void aCrashedMemberIsUnreachableKeepsItsTokensAndComesBackWithThem() throws Exception {
    Member watcher = start("n0", "a");
    Member dying = start("n1", "b");
    int[] tokens = watcher.ring.view().tokensOf("b");
    dying.crash();
    assertThat(find(watcher, "b").isReachable()).isFalse();
    assertThat(watcher.ring.view().tokensOf("b")).isEqualTo(tokens);
    Member _ = start("n2", "b");
    assertThat(find(watcher, "b").isReachable()).isTrue();
    assertThat(find(watcher, "b").state()).isEqualTo(State.ACTIVE);
    assertThat(watcher.ring.view().tokensOf("b")).isEqualTo(tokens);
  }

  @Test
  void tokensSurviveInTheirFile() throws Exception {
    Path file = folder.resolve("tokens.json");
    Member first = start("n0", "a", file);
    int[] tokens = first.ring.view().tokensOf("a");
    first.crash();
    Member second = start("n1", "a", file);
    assertThat(second.ring.view().tokensOf("a")).isEqualTo(tokens);
  }

  @Test
  void whoIsAliveAndForgottenAnnouncesItselfAgain() throws Exception {
    Member operator = start("n0", "a");
    Member _ = start("n1", "b");
    assertThat(operator.gossip.forget(RING, "b").join()).isTrue();
    deliver();
    assertThat(find(operator, "b").state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void whoIsDeadAndForgottenIsGone() throws Exception {
    Member operator = start("n0", "a");
    Member other = start("n1", "b");
    Member dying = start("n2", "c");
    dying.crash();
    assertThat(operator.gossip.forget(RING, "c").join()).isTrue();
    deliver();
    assertThat(operator.ring.view().instances()).hasSize(2);
    assertThat(other.ring.view().instances()).hasSize(2);
    assertThat(operator.ring.view().readSet().maxFailures()).isZero();
  }

  @Test
  void whoHandedOverIsForgottenByItself() throws Exception {
    Member watcher = start("n0", "a");
    Member leaving = start("n1", "b");
    leaving.life.leaving();
    leaving.life.handedOver();
    leaving.life.leave(false);
    deliver();
    assertThat(find(watcher, "b").state()).isEqualTo(State.LEAVING);
    leaving.crash();
    pass(9);
    assertThat(watcher.ring.view().instances()).hasSize(2);
    pass(3);
    assertThat(watcher.ring.view().instances()).hasSize(1);
  }

  @Test
  void readOnlyMembersTakeNoWrites() throws Exception {
    List<Member> members = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d")) {
      members.add(start("n-" + id, id));
    }
    members.get(1).life.readOnly(true);
    deliver();
    for (int key = 0; key < 1000; key++) {
      assertThat(members.get(0).ring.view().replicas(key << 22).instances())
          .extracting(Instance::id)
          .doesNotContain("b");
    }
  }

  @Test
  void exactlyOneMemberOwnsAPieceOfWork() throws Exception {
    List<Member> members = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      members.add(start("n-" + id, id));
    }
    Set<String> owners = new TreeSet<>();
    for (int job = 0; job < 200; job++) {
      int count = 0;
      for (int i = 0; i < 3; i++) {
        String id = List.of("a", "b", "c").get(i);
        if (new RingOwnership(members.get(i).ring, id).owns("tenant-" + job)) {
          owners.add(id);
          count++;
        }
      }
      assertThat(count).isEqualTo(1);
    }
    assertThat(owners).containsExactly("a", "b", "c");
    members.get(2).crash();
    assertThat(
            new RingOwnership(members.get(0).ring, "a").owns("x")
                ^ new RingOwnership(members.get(1).ring, "b").owns("x"))
        .isTrue();
  }

  @Test
  void isReadyWhenEverybodyIsAndStaysSo() throws Exception {
    Member first = start("n0", "a");
    Member second = new Member("n1", "b", null);
    second.gossip.join();
    second.life.announce();
    deliver();
    assertThat(first.life.notReady()).contains("instance b in state PENDING");
    second.life.activate();
    deliver();
    assertThat(first.life.notReady()).isEmpty();
    second.crash();
    assertThat(first.life.notReady()).isEmpty();
  }
}
