package io.vivace.ingester;

import io.vivace.ring.Instance;
import io.vivace.ring.gossip.InstanceLife;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Leads an ingester through its ring: pending while its log replays, active when it takes pushes,
/// leaving before it takes no more. A ring that is not shared has nothing to lead through.
final class IngesterInRing implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(IngesterInRing.class);
  private static final Duration DISK_PERIOD = Duration.ofSeconds(2);

  private final @Nullable InstanceLife life;
  private final IngesterLifecycle ingester;
  private final DiskWatch disk;
  private final ScheduledExecutorService watching =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ingester-disk").daemon().factory());
  private @Nullable Thread joining;
  private volatile boolean running;

  /// @param life null when the ring is not shared
  IngesterInRing(
      @Nullable InstanceLife life,
      IngesterLifecycle ingester,
      DiskWatch disk,
      Readiness readiness) {
    this.life = life;
    this.disk = disk;
    this.ingester = ingester;
    if (life != null) {
      readiness.check(() -> notReady(life));
    }
  }

  /// Tempo's words.
  private static Optional<String> notReady(InstanceLife life) {
    return life.notReady()
        .map(reason -> "Ingester not ready: ingester check ready failed: " + reason);
  }

  @Override
  public void start() {
    running = true;
    long period = DISK_PERIOD.toMillis();
    ScheduledFuture<?> _ =
        watching.scheduleWithFixedDelay(this::watch, 0, period, TimeUnit.MILLISECONDS);
    if (life != null) {
      joining = Thread.ofVirtual().name("ingester-ring").start(() -> join(life));
    }
  }

  /// Lets others take the writes while the disk is nearly full, and makes room.
  private void watch() {
    try {
      boolean wasHigh = disk.isHigh();
      disk.look();
      if (life != null && life.state() == Instance.State.ACTIVE) {
        life.readOnly(disk.isHigh());
      }
      if (disk.isHigh() && !wasHigh) {
        ingester.flushEverything();
      }
    } catch (RuntimeException e) {
      // a periodic task that throws is never run again
      LOG.error("msg=\"disk of the log not watched\"", e);
    }
  }

  private void join(InstanceLife member) {
    try {
      member.announce();
      ingester.awaitReplayed();
      member.activate();
    } catch (InterruptedException e) {
      LOG.info("msg=\"stopped before the ingester was active in its ring\"");
      Thread.currentThread().interrupt();
    }
  }

  /// Takes no more pushes, brings everything into the object store, then ends the process.
  void shutdown() {
    leaving();
    ingester.shutdown();
  }

  private void leaving() {
    if (life != null) {
      try {
        stopJoining();
        life.leaving();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.warn("msg=\"others are not told that the ingester leaves\"", e);
      }
    }
  }

  private void stopJoining() throws InterruptedException {
    if (joining != null) {
      joining.interrupt();
      joining.join();
    }
  }

  @Override
  public void stop() {
    running = false;
    List<Runnable> _ = watching.shutdownNow();
    if (life == null) {
      return;
    }
    try {
      if (life.state() != Instance.State.LEAVING) {
        leaving();
      }
      boolean isHandedOver = ingester.handOver();
      if (isHandedOver) {
        life.handedOver();
      }
      life.leave(life.isUnregistered() || ingester.isEnding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("msg=\"ring not left, others will notice\"", e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.RING_MEMBERS;
  }
}
