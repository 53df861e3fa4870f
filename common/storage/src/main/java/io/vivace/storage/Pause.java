package io.vivace.storage;

import java.time.Duration;

/// How a thread waits.
@FunctionalInterface
public interface Pause {
  /// Returns after `time`.
  void pause(Duration time) throws InterruptedException;
}
