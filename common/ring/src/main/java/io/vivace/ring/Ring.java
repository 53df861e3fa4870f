package io.vivace.ring;

/// Who is a member of a ring now. The engine behind it may be a fixed list, one process or gossip.
public interface Ring {
  /// The members and their tokens at this moment.
  RingView view();
}
