package io.vivace.ring.gossip;

import java.util.concurrent.atomic.LongAdder;

/// Counts of what members tell each other, for metrics. Safe for use by many threads.
public final class GossipStatistics {
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder invalid = new LongAdder();
  private volatile long ringCount;
  private volatile long tombstones;
  private volatile long unrest;

  GossipStatistics() {}

  void sent() {
    sent.increment();
  }

  void received(int bytes) {
    received.increment();
    receivedBytes.add(bytes);
  }

  void invalid() {
    invalid.increment();
  }

  void state(long ringsNow, long tombstonesNow, long unrestNow) {
    ringCount = ringsNow;
    tombstones = tombstonesNow;
    unrest = unrestNow;
  }

  /// Messages sent.
  public long messagesSent() {
    return sent.sum();
  }

  /// Messages received.
  public long messagesReceived() {
    return received.sum();
  }

  /// Bytes of received messages.
  public long bytesReceived() {
    return receivedBytes.sum();
  }

  /// Messages that could not be read.
  public long messagesInvalid() {
    return invalid.sum();
  }

  /// How many rings are followed.
  public long rings() {
    return ringCount;
  }

  /// How many members are known to be gone.
  public long tombstoneCount() {
    return tombstones;
  }

  /// 0 when nobody came or went within the last minute.
  public long restlessness() {
    return unrest;
  }
}
