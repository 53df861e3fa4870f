package io.vivace.service.ring;

import io.vivace.ring.gossip.InstanceLife;
import io.vivace.service.lifecycle.Phases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The life of a process in a ring of workers, who hold nothing: in as soon as it is up, out as
/// soon as it stops.
final class Worker implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final InstanceLife life;
  private volatile boolean running;

  Worker(InstanceLife life) {
    this.life = life;
  }

  @Override
  public void start() {
    running = true;
    try {
      life.announce();
      life.activate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while joining a ring", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    try {
      life.leaving();
      life.handedOver();
      life.leave(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("msg=\"ring not left, others will notice\"", e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.RING_MEMBERS;
  }
}
