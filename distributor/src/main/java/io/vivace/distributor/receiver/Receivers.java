package io.vivace.distributor.receiver;

import io.vivace.service.lifecycle.Phases;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/// Every server of the receivers as one: all of them start, or none.
public final class Receivers implements SmartLifecycle {
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

  @Override
  public void stop() {
    running = false;
    servers.reversed().stream().filter(SmartLifecycle::isRunning).forEach(SmartLifecycle::stop);
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
