package io.vivace.ring;

/// Which member of a ring does a piece of work that only one should do.
public interface Ownership {
  /// Whether this process owns `key` now. False while it is not ACTIVE in the ring.
  boolean owns(String key);

  /// An owner of everything: one process, or a ring that is switched off.
  static Ownership everything() {
    return key -> true;
  }
}
