package io.vivace.querier;

import io.vivace.ring.Instance;
import io.vivace.ring.ReadSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Counts who answered of those that were asked: instances, or whole zones. A zone answered when
/// all of its instances did, and failed when one of them did.
final class ReadQuorum {
  private final boolean isByZone;
  private final int maxFailures;
  private final Map<String, Integer> outstanding = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final int units;
  private int answered;

  ReadQuorum(ReadSet asked) {
    this.isByZone = asked.isByZone();
    this.maxFailures = asked.maxFailures();
    asked.instances().forEach(instance -> outstanding.merge(unit(instance), 1, Integer::sum));
    this.units = outstanding.size();
  }

  private String unit(Instance instance) {
    return isByZone ? instance.zone() : instance.id();
  }

  void answered(Instance instance) {
    if (outstanding.merge(unit(instance), -1, Integer::sum) == 0
        && !failed.contains(unit(instance))) {
      answered++;
    }
  }

  void failed(Instance instance) {
    failed.add(unit(instance));
  }

  /// Whether what was acknowledged is among the answers.
  boolean isReached() {
    return answered >= units - maxFailures;
  }

  /// Whether it cannot be any more.
  boolean isImpossible() {
    return failed.size() > maxFailures;
  }
}
