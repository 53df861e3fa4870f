package io.vivace.distributor.receiver;

import io.vivace.service.lifecycle.Phases;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Every server of the receivers as one: all of them start, or none.
public final class Receivers implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

  private final List<SmartLifecycle> servers;
  private volatile boolean running;

  /// Servers that are not started yet.
  public Receivers(List<SmartLifecycle> servers) {
    this.servers = List.copyOf(servers);
  }

  @Override
  public void start() {
    try {
      servers.forEach(SmartLifecycle::start);
      running = true;
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /// Stops all at once; one that fails keeps none of the others from draining.
  @Override
  public void stop() {
    running = false;
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      servers.stream()
          .filter(SmartLifecycle::isRunning)
          .forEach(server -> all.execute(() -> stop(server)));
    }
  }

  private static void stop(SmartLifecycle server) {
    try {
      server.stop();
    } catch (RuntimeException e) {
      LOG.error("msg=\"receiver did not stop\"", e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.RECEIVERS;
  }
}
