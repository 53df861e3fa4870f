package io.vivace.ring;

import java.util.Set;

/// How keys are replicated in a ring.
///
/// @param factor how many instances hold a key, 1 or more
/// @param isZoneAware whether no two of them may be in the same availability zone
/// @param excludedZones zones whose instances are left out
public record Replication(int factor, boolean isZoneAware, Set<String> excludedZones) {
  /// Replicas anywhere.
  public static Replication of(int factor) {
    return new Replication(factor, false, Set.of());
  }

  /// How many of `size` chosen instances have to take a write. Two replicas are "eventually
  /// consistent" in Tempo's words: one is enough.
  int writeQuorum(int size) {
    return factor == 2 ? 1 : Math.max(factor, size) / 2 + 1;
  }
}
