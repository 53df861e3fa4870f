package io.vivace.ingester;

import io.vivace.ingester.log.AppendLog;
import io.vivace.ingester.log.LogReplay;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Starts an ingester by replaying its log, sweeps it while it runs, and stops it without losing
/// anything: what is not flushed stays in the log, and pushes that were taken are finished.
final class IngesterLifecycle implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(IngesterLifecycle.class);
  private static final String MODULE = "ingester";

  private final Ingester ingester;
  private final AppendLog log;
  private final IngesterMetrics metrics;
  private final Readiness readiness;
  private final Duration sweepPeriod;
  private final boolean flushOnStop;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ingester-sweep").daemon().factory());
  private volatile boolean accepting;
  private volatile boolean running;

  IngesterLifecycle(
      Ingester ingester,
      AppendLog log,
      IngesterMetrics metrics,
      Readiness readiness,
      Duration sweepPeriod,
      boolean flushOnStop) {
    this.ingester = ingester;
    this.log = log;
    this.metrics = metrics;
    this.readiness = readiness;
    this.sweepPeriod = sweepPeriod;
    this.flushOnStop = flushOnStop;
    readiness.module(MODULE, Readiness.State.NEW);
  }

  /// Whether pushes are taken.
  boolean accepting() {
    return accepting;
  }

  @Override
  public void start() {
    readiness.module(MODULE, Readiness.State.STARTING);
    try {
      LogReplay.Result result =
          ingester.start((done, total) ->
              LOG.info("msg=\"replaying append log\" bytes={} of={}", done, total));
      LOG.info("msg=\"append log replayed\" records={}", result.records());
    } catch (IOException e) {
      readiness.failed(MODULE, String.valueOf(e.getMessage()));
      throw new UncheckedIOException("ingester: append log", e);
    }
    long millis = Math.max(1, sweepPeriod.toMillis());
    ScheduledFuture<?> _ =
        sweeper.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    accepting = true;
    running = true;
    readiness.module(MODULE, Readiness.State.RUNNING);
  }

  private void sweep() {
    int failures = ingester.sweep();
    if (failures > 0) {
      metrics.counter("tempo_ingester_failed_flushes").increment(failures);
    }
    metrics.watch(ingester.tenants());
  }

  /// Flushes one tenant, or everybody, in the background.
  void flush(Iterable<String> tenants) {
    sweeper.execute(() -> {
      for (String tenant : tenants) {
        if (!ingester.flush(tenant)) {
          metrics.counter("tempo_ingester_failed_flushes").increment();
        }
      }
    });
  }

  /// Takes no more pushes, flushes everything.
  void shutdown() {
    accepting = false;
    flush(ingester.tenants().keySet());
  }

  @Override
  public void stop() {
    accepting = false;
    running = false;
    readiness.module(MODULE, Readiness.State.STOPPING);
    if (flushOnStop) {
      flush(ingester.tenants().keySet());
    }
    sweeper.shutdown();
    try {
      if (!sweeper.awaitTermination(5, TimeUnit.MINUTES)) {
        LOG.warn("msg=\"flush did not end before the stop; the log keeps what is missing\"");
      }
      log.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("msg=\"append log did not close\"", e);
    }
    readiness.module(MODULE, Readiness.State.TERMINATED);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.INGESTER;
  }
}
