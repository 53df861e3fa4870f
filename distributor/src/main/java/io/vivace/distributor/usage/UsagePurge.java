package io.vivace.distributor.usage;

import io.vivace.service.lifecycle.Phases;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// Lets a [UsageTracker] forget stale series every minute.
public final class UsagePurge implements SmartLifecycle {
  private static final long SECONDS = 60;

  private final UsageTracker tracker;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("usage-purge").factory());
  private volatile boolean running;

  /// A timer for `tracker` that does not run yet.
  public UsagePurge(UsageTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public void start() {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(tracker::purge, SECONDS, SECONDS, TimeUnit.SECONDS);
    running = true;
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.DISTRIBUTOR;
  }
}
