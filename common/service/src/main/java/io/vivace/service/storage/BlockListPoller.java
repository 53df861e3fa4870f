package io.vivace.service.storage;

import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.storage.BlockList;
import java.io.IOException;
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

  /// How long after a failure the first list is asked for again.
  private static final Duration FIRST = Duration.ofSeconds(1);

  private final BlockList list;
  private final Duration period;
  private final Readiness readiness;
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("block-list-poll").daemon().factory());
  private volatile boolean running;
  private volatile boolean hasList;

  BlockListPoller(BlockList list, Duration period, Readiness readiness) {
    this.list = list;
    this.period = period;
    this.readiness = readiness;
    readiness.module(MODULE, Readiness.State.NEW);
  }

  @Override
  public void start() {
    readiness.module(MODULE, Readiness.State.STARTING);
    running = true;
    pollAndGoOn();
  }

  /// The first list may have to wait for others, such as the ring of those who keep the blocks;
  /// until then the process is not ready.
  private void pollAndGoOn() {
    boolean listed = poll();
    if (listed && !hasList) {
      hasList = true;
      readiness.module(MODULE, Readiness.State.RUNNING);
    }
    if (running) {
      long millis = Math.max(1, hasList ? period.toMillis() : FIRST.toMillis());
      ScheduledFuture<?> _ = poller.schedule(this::pollAndGoOn, millis, TimeUnit.MILLISECONDS);
    }
  }

  private boolean poll() {
    try {
      int _ = list.poll();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("msg=\"cannot poll the block list, the old one stays\"", e);
      return false;
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
