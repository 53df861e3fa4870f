package io.vivace.compactor;

import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Runs a compactor every `compactor.compaction.compaction_cycle`.
final class CompactorLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CompactorLoop.class);
  private static final String MODULE = "compactor";

  private final Compactor compactor;
  private final Duration period;
  private final Readiness readiness;
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("compactor").daemon().factory());
  private volatile boolean running;

  CompactorLoop(Compactor compactor, Duration period, Readiness readiness) {
    this.compactor = compactor;
    this.period = period;
    this.readiness = readiness;
    readiness.module(MODULE, Readiness.State.NEW);
  }

  @Override
  public void start() {
    long millis = Math.max(1, period.toMillis());
    ScheduledFuture<?> _ =
        loop.scheduleWithFixedDelay(this::cycle, millis, millis, TimeUnit.MILLISECONDS);
    running = true;
    readiness.module(MODULE, Readiness.State.RUNNING);
  }

  private void cycle() {
    try {
      compactor.cycle();
    } catch (IOException | RuntimeException e) {
      LOG.error("msg=\"compaction cycle failed, will be tried again\"", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    // a merge that is under way leaves an unfinished block without a meta, which nobody reads
    loop.shutdown();
    try {
      if (!loop.awaitTermination(30, TimeUnit.SECONDS)) {
        loop.shutdownNow();
      }
    } catch (InterruptedException e) {
      loop.shutdownNow();
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
