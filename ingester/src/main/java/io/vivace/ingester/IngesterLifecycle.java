package io.vivace.ingester;

import io.vivace.ingester.log.AppendLog;
import io.vivace.ingester.log.LogReplay;
import io.vivace.service.launch.Shutdown;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Starts an ingester by replaying its log in the background, so that the process can tell how far
/// it is; sweeps it while it runs; and stops it without losing anything: what is not flushed stays
/// in the log, and pushes that were taken are finished.
final class IngesterLifecycle implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(IngesterLifecycle.class);
  private static final String MODULE = "ingester";
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(5);

  private final Ingester ingester;
  private final AppendLog log;
  private final IngesterMetrics metrics;
  private final Readiness readiness;
  private final Duration sweepPeriod;
  private final boolean flushOnStop;
  private final Shutdown process;
  private final CountDownLatch replayDone = new CountDownLatch(1);
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ingester-sweep").daemon().factory());
  private volatile boolean replayed;
  private volatile boolean accepting;
  private volatile boolean running;
  private volatile boolean ending;

  IngesterLifecycle(
      Ingester ingester,
      AppendLog log,
      IngesterMetrics metrics,
      Readiness readiness,
      Duration sweepPeriod,
      boolean flushOnStop,
      Shutdown process) {
    this.ingester = ingester;
    this.log = log;
    this.metrics = metrics;
    this.readiness = readiness;
    this.sweepPeriod = sweepPeriod;
    this.flushOnStop = flushOnStop;
    this.process = process;
    readiness.module(MODULE, Readiness.State.NEW);
  }

  /// Whether pushes are taken.
  boolean accepting() {
    return accepting;
  }

  /// Whether queries see everything that was acknowledged.
  boolean replayed() {
    return replayed;
  }

  @Override
  public void start() {
    readiness.module(MODULE, Readiness.State.STARTING);
    running = true;
    sweeper.execute(this::replay);
    long millis = Math.max(1, sweepPeriod.toMillis());
    ScheduledFuture<?> _ =
        sweeper.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void replay() {
    try {
      LogReplay.Result result = ingester.start(this::progress);
      LOG.info("msg=\"append log replayed\" records={}", result.records());
      replayed = true;
      accepting = running && !ending;
      replayDone.countDown();
      if (running) {
        readiness.module(MODULE, Readiness.State.RUNNING);
      }
    } catch (IOException | RuntimeException | Error e) {
      if (running) {
        LOG.error("msg=\"append log not replayed\"", e);
        readiness.failed(MODULE, String.valueOf(e.getMessage()));
        process.request("ingester: append log not replayed", 1);
      }
    }
  }

  /// Tells how far the replay is; ends it when the process stops meanwhile.
  private void progress(long done, long total) {
    if (!running) {
      throw new CancellationException("stopped in the middle of the replay; the log is kept");
    }
    LOG.info("msg=\"replaying append log\" bytes={} of={}", done, total);
  }

  private void sweep() {
    if (!replayed) {
      return;
    }
    try {
      int failures = ingester.sweep();
      if (failures > 0) {
        metrics.counter("tempo_ingester_failed_flushes").increment(failures);
      }
      metrics.watch(ingester.tenants());
    } catch (RuntimeException | Error e) {
      // a periodic task that throws is never run again
      LOG.error("msg=\"sweep failed, will be tried again\"", e);
      metrics.counter("tempo_ingester_failed_flushes").increment();
    }
  }

  /// Flushes everybody in the background.
  void flushEverything() {
    if (replayed) {
      flush(ingester.tenants().keySet());
    }
  }

  /// Flushes one tenant, or everybody, in the background.
  void flush(Iterable<String> tenants) {
    sweeper.execute(() -> flushNow(tenants));
  }

  private boolean flushNow(Iterable<String> tenants) {
    boolean all = true;
    for (String tenant : tenants) {
      if (!ingester.flush(tenant)) {
        metrics.counter("tempo_ingester_failed_flushes").increment();
        all = false;
      }
    }
    return all;
  }

  /// Takes no more pushes, flushes everything, then ends the process; tries until it is done,
  /// because the disk may be thrown away afterwards.
  void shutdown() {
    ending = true;
    accepting = false;
    sweeper.execute(this::flushAndEnd);
  }

  private void flushAndEnd() {
    if (replayed && flushNow(ingester.tenants().keySet())) {
      process.request("/shutdown", 0);
    } else if (running) {
      ScheduledFuture<?> _ = sweeper.schedule(this::flushAndEnd, 1, TimeUnit.SECONDS);
    }
  }

  /// Returns when everything that was acknowledged before is back.
  void awaitReplayed() throws InterruptedException {
    replayDone.await();
  }

  /// Whether the process ends for good: its data is flushed, its entry in the ring goes.
  boolean isEnding() {
    return ending;
  }

  /// Takes no more pushes; when the configuration wants it flushes what is here, while queries are
  /// still answered.
  ///
  /// @return whether everything is in the object store
  boolean handOver() throws InterruptedException {
    accepting = false;
    if (!replayed || !flushOnStop && !ending) {
      return false;
    }
    CompletableFuture<Boolean> flushed = new CompletableFuture<>();
    sweeper.execute(() -> flushed.complete(flushNow(ingester.tenants().keySet())));
    try {
      return flushed.get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("msg=\"flush did not end before the stop; the log keeps what is missing\"", e);
      return false;
    }
  }

  @Override
  public void stop() {
    accepting = false;
    running = false;
    readiness.module(MODULE, Readiness.State.STOPPING);
    if (flushOnStop && replayed) {
      flush(ingester.tenants().keySet());
    }
    sweeper.shutdown();
    try {
      if (!sweeper.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
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
