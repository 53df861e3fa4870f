package io.vivace.ring.gossip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Which processes count as there. A process that comes or goes is believed at once; one that did
/// so more than twice within a minute has to stay, or to stay away, for ten seconds: a link that
/// loses packets in one direction must not move ownership about. Not safe for use by many threads.
final class Liveness {
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(60);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final int CALM_CHANGES = 2;

  private final Map<String, Deque<Long>> changes = new HashMap<>();
  private final Map<String, Long> since = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> alive = new HashSet<>();

  /// Takes note of who the engine sees.
  ///
  /// @param now a monotonic clock in nanoseconds
  /// @return whether [#alive] changed
  boolean seen(Set<String> nodes, long now) {
    Set<String> changed = new HashSet<>(nodes);
    changed.removeAll(seen);
    Set<String> gone = new HashSet<>(seen);
    gone.removeAll(nodes);
    changed.addAll(gone);
    for (String node : changed) {
      changes.computeIfAbsent(node, key -> new ArrayDeque<>()).add(now);
      since.put(node, now);
    }
    seen.removeAll(gone);
    seen.addAll(nodes);
    return settle(now);
  }

  /// Believes what has lasted long enough.
  ///
  /// @return whether [#alive] changed
  boolean settle(long now) {
    boolean changed = false;
    for (String node : Set.copyOf(since.keySet())) {
      if (isCalm(node, now)) {
        changed |= seen.contains(node) ? alive.add(node) : alive.remove(node);
        if (!seen.contains(node) && recent(node, now).isEmpty()) {
          since.remove(node);
          changes.remove(node);
        }
      }
    }
    return changed;
  }

  private boolean isCalm(String node, long now) {
    return recent(node, now).size() <= CALM_CHANGES
        || now - since.getOrDefault(node, now) >= PATIENCE;
  }

  private Deque<Long> recent(String node, long now) {
    Deque<Long> times = changes.computeIfAbsent(node, key -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.peekFirst() > WINDOW) {
      times.removeFirst();
    }
    return times;
  }

  /// Whether a process counts as there.
  boolean alive(String node) {
    return alive.contains(node);
  }

  /// Whether somebody came or went within the last minute.
  boolean isStable(long now) {
    return since.keySet().stream().allMatch(node -> recent(node, now).isEmpty());
  }
}
