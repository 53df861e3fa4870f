package io.vivace.compactor;

import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Runs a compactor: merges every `compactor.compaction.compaction_cycle`, applies retention every
/// `storage.trace.blocklist_poll`.
final class CompactorLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CompactorLoop.class);
  private static final String MODULE = "compactor";

  private final Compactor compactor;
  private final Duration cycle;
  private final Duration retentionCycle;
  private final Readiness readiness;
  private final ScheduledExecutorService loop =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("compactor-", 0).daemon().factory());
  private volatile boolean running;

  CompactorLoop(Compactor compactor, Duration cycle, Duration retentionCycle, Readiness readiness) {
    this.compactor = compactor;
    this.cycle = cycle;
    this.retentionCycle = retentionCycle;
    this.readiness = readiness;
    readiness.module(MODULE, Readiness.State.NEW);
  }

  @Override
  public void start() {
    schedule(compactor::merge, cycle);
    schedule(compactor::retain, retentionCycle);
    running = true;
    readiness.module(MODULE, Readiness.State.RUNNING);
  }

  private void schedule(Runnable task, Duration period) {
    long millis = Math.max(1, period.toMillis());
    ScheduledFuture<?> _ =
        loop.scheduleWithFixedDelay(() -> run(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("msg=\"compaction cycle failed, will be tried again\"", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    // a merge that is under way gives up and removes what it wrote
    loop.shutdownNow();
    try {
      if (!loop.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("msg=\"a compaction did not end in time, the next compactor cleans up\"");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readiness.module(MODULE, Readiness.State.TERMINATED);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.CLIENTS;
  }
}
