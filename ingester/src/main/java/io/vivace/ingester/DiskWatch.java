package io.vivace.ingester;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How full the disk of the log is. Above the high-water mark the ingester takes no new writes if
/// others can, and flushes; above the critical one it refuses pushes; it takes them again when
/// there is room. Safe for use by many threads.
final class DiskWatch {
  /// The part of the disk from which on others should take the writes.
  static final double HIGH = 0.90;

  /// The part below which it takes writes again.
  static final double LOW = 0.85;

  /// The part from which on pushes are refused: what was acknowledged needs the rest.
  static final double CRITICAL = 0.97;

  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  private final Disk disk;
  private volatile boolean isHigh;
  private volatile boolean isCritical;

  /// A disk.
  interface Disk {
    /// The used part, 0 to 1, counting what this process may not use as used.
    double used() throws IOException;
  }

  DiskWatch(Disk disk) {
    this.disk = disk;
  }

  /// Looks again. A disk that does not tell stays what it was.
  void look() {
    double used;
    try {
      used = disk.used();
    } catch (IOException e) {
      LOG.warn("msg=\"disk of the log does not tell how full it is\"", e);
      return;
    }
    boolean high = used >= HIGH || isHigh && used >= LOW;
    if (high != isHigh) {
      LOG.atWarn()
          .addKeyValue("used", used)
          .addKeyValue("read_only", high)
          .log("disk of the log passed its high-water mark");
    }
    isHigh = high;
    isCritical = used >= CRITICAL;
  }

  /// Whether others should take the writes.
  boolean isHigh() {
    return isHigh;
  }

  /// Whether pushes are refused.
  boolean isCritical() {
    return isCritical;
  }
}
