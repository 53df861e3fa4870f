package io.vivace.service.ring;

import io.vivace.service.lifecycle.Phases;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/// Parts that start and stop together, in order; there may be none.
final class Together implements SmartLifecycle {
  private final List<SmartLifecycle> parts;
  private volatile boolean running;

  Together(List<SmartLifecycle> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void start() {
    parts.forEach(SmartLifecycle::start);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    parts.reversed().forEach(SmartLifecycle::stop);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return parts.isEmpty() ? Phases.RING : parts.getFirst().getPhase();
  }
}
