package io.vivace.distributor;

import java.util.concurrent.atomic.AtomicLong;

/// A number of bytes that many requests or queues share.
public final class ByteBudget {
  private final long bytes;
  private final AtomicLong left;

  /// A budget of which nothing is taken.
  ///
  /// @param bytes how many there are, 0 or more
  public ByteBudget(long bytes) {
    this.bytes = bytes;
    this.left = new AtomicLong(bytes);
  }

  /// How many bytes there are when nothing is taken.
  public long bytes() {
    return bytes;
  }

  /// Takes `bytes` when they are there.
  public boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /// Gives `bytes` back.
  public void give(long bytes) {
    left.addAndGet(bytes);
  }
}
