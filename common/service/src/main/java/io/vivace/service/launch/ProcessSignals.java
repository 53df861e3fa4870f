package io.vivace.service.launch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signals of the operating system: the first SIGTERM or SIGINT starts the orderly stop, and
/// the JVM's own end waits for it.
final class ProcessSignals implements Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger();
  private volatile boolean interrupted;

  ProcessSignals() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::signalled, "stop"));
  }

  private void signalled() {
    interrupted = true;
    asked.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the JVM with this code. After a signal the JVM is already on its way out and would answer
  /// with the signal's number; an orderly stop is a success.
  void exit(int code) {
    if (interrupted) {
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }

  @Override
  public void request(String reason, int code) {
    LOG.atInfo().addKeyValue("reason", reason).log("stop requested");
    exitCode.compareAndSet(0, code);
    asked.countDown();
  }

  @Override
  public int await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return exitCode.get();
  }

  @Override
  public void pause(long millis) {
    try {
      if (millis > 0 && !stopped.await(millis, TimeUnit.MILLISECONDS)) {
        LOG.atInfo().addKeyValue("millis", millis).log("shutdown delay over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stopped() {
    stopped.countDown();
  }
}
