package io.vivace.distributor.forwarder;

import java.util.concurrent.atomic.AtomicLong;

/// A number of bytes that many queues share.
final class ByteBudget {
  private final AtomicLong left;

  ByteBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /// Takes `bytes` when they are there.
  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /// Gives `bytes` back.
  void give(long bytes) {
    left.addAndGet(bytes);
  }
}
