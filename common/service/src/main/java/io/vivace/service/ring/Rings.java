package io.vivace.service.ring;

import io.vivace.ring.Replication;
import io.vivace.ring.Ring;
import io.vivace.ring.RingException;
import io.vivace.ring.gossip.InstanceLife;
import io.vivace.ring.gossip.LifeSettings;
import io.vivace.ring.gossip.RingGossip;
import io.vivace.service.lifecycle.Phases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// The rings of this process that it shares with others, over `memberlist`. Starts before anything
/// lives in them, stops after it left.
public final class Rings implements SmartLifecycle {
  /// How often names of `join_members` are resolved anew.
  private static final Duration RESOLVE_PERIOD = Duration.ofSeconds(10);

  private final RingGossip gossip;
  private final JoinMembers seeds;
  private final Duration resolvePeriod;
  private final ScheduledExecutorService loop;
  private final RandomGenerator random;

  /// Names are looked up apart from the loop, which must not wait for them.
  private final ScheduledExecutorService resolver =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("join-members").daemon().factory());

  private volatile boolean running;

  /// @param loop what `gossip` runs on; ended with this
  /// @param rejoin an upper bound for how often others are looked for, zero for none
  Rings(
      RingGossip gossip,
      JoinMembers seeds,
      Duration rejoin,
      ScheduledExecutorService loop,
      RandomGenerator random) {
    this.gossip = gossip;
    this.seeds = seeds;
    this.resolvePeriod =
        rejoin.isPositive() && rejoin.compareTo(RESOLVE_PERIOD) < 0 ? rejoin : RESOLVE_PERIOD;
    this.loop = loop;
    this.random = random;
  }

  /// The ring with this key.
  ///
  /// @param forgetAfter after how long an unreachable member is forgotten, null for never
  public Ring ring(String key, Replication replication, @Nullable Duration forgetAfter) {
    return gossip.ring(key, replication, forgetAfter);
  }

  /// A life in `ring`, which has not begun.
  public InstanceLife life(LifeSettings settings, Ring ring) {
    return new InstanceLife(settings, gossip, ring, System::nanoTime, random, Thread::sleep);
  }

  /// What members tell each other.
  public RingGossip gossip() {
    return gossip;
  }

  @Override
  public void start() {
    seeds.refresh();
    try {
      gossip.join();
    } catch (RingException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    ScheduledFuture<?> _ = loop.scheduleWithFixedDelay(gossip::tick, 1, 1, TimeUnit.SECONDS);
    long period = resolvePeriod.toMillis();
    ScheduledFuture<?> _ =
        resolver.scheduleWithFixedDelay(seeds::refresh, period, period, TimeUnit.MILLISECONDS);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    gossip.leave();
    List<Runnable> _ = resolver.shutdownNow();
    List<Runnable> _ = loop.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.RING;
  }
}
