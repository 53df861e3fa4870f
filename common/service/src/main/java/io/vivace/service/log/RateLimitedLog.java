package io.vivace.service.log;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Log lines that a client can cause in any number: at most so many a second, the rest are counted
/// (`tempo_dropped_log_lines_total`).
public final class RateLimitedLog {
  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final int linesPerSecond;
  private final Runnable onDrop;
  private long second;
  private int lines;

  /// A log that has its whole allowance in each second.
  ///
  /// @param nanoTime a monotonic clock in nanoseconds
  /// @param onDrop runs once for each line that is not written
  public RateLimitedLog(LongSupplier nanoTime, int linesPerSecond, Runnable onDrop) {
    this.nanoTime = nanoTime;
    this.linesPerSecond = linesPerSecond;
    this.onDrop = onDrop;
    this.second = nanoTime.getAsLong();
  }

  /// Writes a warning about something of `tenant`.
  public void warn(Logger log, String message, String tenant, String key, Object value) {
    write(log, Level.WARN, message, tenant, key, value);
  }

  /// Writes an error about something of `tenant`.
  public void error(Logger log, String message, String tenant, String key, Object value) {
    write(log, Level.ERROR, message, tenant, key, value);
  }

  private void write(
      Logger log, Level level, String message, String tenant, String key, Object value) {
    if (admit()) {
      log.atLevel(level).addKeyValue("tenant", tenant).addKeyValue(key, value).log(message);
    }
  }

  /// Whether one more line may be written now; when not, it was counted.
  public synchronized boolean admit() {
    long now = nanoTime.getAsLong();
    if (now - second >= SECOND) {
      second = now;
      lines = 0;
    }
    if (lines < linesPerSecond) {
      lines++;
      return true;
    }
    onDrop.run();
    return false;
  }
}
