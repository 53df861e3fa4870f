package io.vivace.service.storage;

import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.storage.BlockList;
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

/// Polls the block list: once before anybody asks, then every `storage.trace.blocklist_poll`.
public final class BlockListPoller implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(BlockListPoller.class);
  private static final String MODULE = "store";

  private final BlockList list;
  private final Duration period;
  private final Readiness readiness;
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("block-list-poll").daemon().factory());
  private volatile boolean running;

  BlockListPoller(BlockList list, Duration period, Readiness readiness) {
    this.list = list;
    this.period = period;
    this.readiness = readiness;
    readiness.module(MODULE, Readiness.State.NEW);
  }

  @Override
  public void start() {
    try {
      int _ = list.poll();
    } catch (IOException e) {
      throw new UncheckedIOException("storage.trace: cannot list the object store", e);
    }
    long millis = Math.max(1, period.toMillis());
    ScheduledFuture<?> _ =
        poller.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
    running = true;
    readiness.module(MODULE, Readiness.State.RUNNING);
  }

  private void poll() {
    try {
      int _ = list.poll();
    } catch (IOException | RuntimeException e) {
      LOG.warn("msg=\"cannot poll the block list, the old one stays\"", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    poller.shutdownNow();
    readiness.module(MODULE, Readiness.State.TERMINATED);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.STORAGE;
  }
}
