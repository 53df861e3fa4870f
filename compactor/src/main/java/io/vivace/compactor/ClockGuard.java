package io.vivace.compactor;

import io.vivace.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells whether the clock of this machine can be trusted with removing data: writes a small object
/// and compares the time that the store gives it with the times before and after.
final class ClockGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ClockGuard.class);

  /// Begin of the probe's name. It lies beside the tenants' folders, where nobody looks for
  /// objects.
  private static final String PROBE = "vivace-clock-probe-";

  /// How far the clocks may be apart.
  static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final ObjectStore objects;
  private final Clock clock;
  private final Consumer<Duration> measured;

  /// @param measured gets how far this clock is ahead of the store's, negative when it is behind
  ClockGuard(ObjectStore objects, Clock clock, Consumer<Duration> measured) {
    this.objects = objects;
    this.clock = clock;
    this.measured = measured;
  }

  /// Whether both clocks agree now.
  ///
  /// @throws IOException when the store fails, so that nothing is known
  boolean agrees() throws IOException {
    String probe = PROBE + UUID.randomUUID();
    Instant before = clock.instant();
    objects.write(probe, before.toString().getBytes(StandardCharsets.UTF_8));
    Instant after = clock.instant();
    Instant written;
    try {
      written = objects.lastModified(probe);
    } finally {
      objects.delete(probe);
    }
    Duration ahead = Duration.ZERO;
    if (written.isBefore(before)) {
      ahead = Duration.between(written, before);
    } else if (written.isAfter(after)) {
      ahead = Duration.between(written, after);
    }
    measured.accept(ahead);
    if (ahead.abs().compareTo(TOLERANCE) > 0) {
      LOG.error(
          "msg=\"this clock and the store's disagree, nothing is removed\" ahead={} tolerance={}",
          ahead,
          TOLERANCE);
      return false;
    }
    return true;
  }
}
