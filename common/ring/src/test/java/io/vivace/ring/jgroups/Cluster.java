package io.vivace.ring.jgroups;

import io.vivace.ring.Instance;
import io.vivace.ring.Replication;
import io.vivace.ring.Ring;
import io.vivace.ring.RingException;
import io.vivace.ring.gossip.InstanceLife;
import io.vivace.ring.gossip.LifeSettings;
import io.vivace.ring.gossip.RingGossip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.Protocol;

/// Members of one ring on loopback, all in this process, each with an engine of its own.
final class Cluster implements AutoCloseable {
  static final String RING = "collectors/ring";

  private final List<Member> members = new ArrayList<>();
  private final List<InetSocketAddress> seeds;
  private final Duration silence;
  private final SplittableRandom random;

  /// @param size how many members there may be
  Cluster(int size, Duration silence, long seed) throws IOException {
    this.silence = silence;
    this.random = new SplittableRandom(seed);
    List<ServerSocket> reserved = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      reserved.add(socket);
      addresses.add(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
    }
    for (ServerSocket socket : reserved) {
      socket.close();
    }
    this.seeds = List.copyOf(addresses);
  }

  /// One process.
  static final class Member implements AutoCloseable {
    final int number;
    final JGroupsEngine engine;
    final RingGossip gossip;
    final Ring ring;
    final InstanceLife life;
    private final ScheduledExecutorService loop;

    Member(int number, JGroupsEngine engine, SplittableRandom random) {
      this.number = number;
      this.engine = engine;
      this.loop =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("ring-" + number).factory());
      this.gossip =
          new RingGossip(
              engine,
              loop,
              System::nanoTime,
              Clock.systemUTC(),
              random.split(),
              Duration.ofMinutes(5));
      this.ring = gossip.ring(RING, Replication.of(3), null);
      this.life =
          new InstanceLife(
              new LifeSettings(
                  RING,
                  "ingester-" + number,
                  "127.0.0.1:" + (9000 + number),
                  "",
                  128,
                  null,
                  LifeSettings.Pace.AT_ONCE,
                  true,
                  true),
              gossip,
              ring,
              System::nanoTime,
              random.split(),
              Thread::sleep);
    }

    void start() throws RingException, InterruptedException {
      gossip.join();
      ScheduledFuture<?> _ = loop.scheduleWithFixedDelay(gossip::tick, 1, 1, TimeUnit.SECONDS);
      life.announce();
      life.activate();
    }

    /// Ids of the members that it takes for active and reachable.
    List<String> healthy() {
      return ring.view().instances().stream()
          .filter(instance -> instance.isReachable() && instance.state() == Instance.State.ACTIVE)
          .map(Instance::id)
          .toList();
    }

    void discard(Member other) {
      engine.protocol(DISCARD.class).addIgnoreMember(other.engine.address());
    }

    void heal() {
      engine.protocol(DISCARD.class).resetIgnoredMembers();
    }

    void crash() throws Exception {
      engine.crash();
      loop.shutdownNow();
    }

    @Override
    public void close() {
      engine.leave();
      loop.shutdownNow();
    }
  }

  /// Starts member `number` and waits until it is active.
  Member start(int number) throws RingException, InterruptedException {
    EngineSettings settings =
        new EngineSettings(
            "test",
            "node-" + number,
            InetAddress.getLoopbackAddress(),
            seeds.get(number).getPort(),
            null,
            Duration.ofSeconds(2),
            silence,
            EngineSettings.Join.ALONE_IS_FINE);
    JGroupsEngine engine = new JGroupsEngine(settings, () -> seeds, Cluster::withDiscard);
    Member member = new Member(number, engine, random);
    members.add(member);
    member.start();
    return member;
  }

  private static List<Protocol> withDiscard(List<Protocol> stack) {
    List<Protocol> changed = new ArrayList<>(stack);
    for (int i = 0; i < stack.size(); i++) {
      if (stack.get(i) instanceof TP) {
        changed.add(i + 1, new DISCARD());
      }
    }
    return changed;
  }

  @Override
  public void close() {
    members.forEach(Member::close);
  }
}
