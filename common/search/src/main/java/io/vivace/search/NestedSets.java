package io.vivace.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nested-set numbers of the spans of a trace (traceql.md §10): the same that a block stores.
final class NestedSets {
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final long ROOT = -1;

  private final long[] left;
  private final long[] right;
  private final long[] parent;

  private NestedSets(int spans) {
    left = new long[spans];
    right = new long[spans];
    parent = new long[spans];
  }

  long[] left() {
    return left;
  }

  long[] right() {
    return right;
  }

  long[] parent() {
    return parent;
  }

  /// Numbers spans in storage order.
  ///
  /// @param ids span ids
  /// @param parents parent ids
  /// @param roots whether a span has no parent id
  /// @param kinds OTLP numbers of kinds
  static NestedSets of(long[] ids, long[] parents, boolean[] roots, long[] kinds) {
    NestedSets sets = new NestedSets(ids.length);
    Map<Long, List<Integer>> byId = new HashMap<>();
    boolean hasRoot = false;
    for (int span = 0; span < ids.length; span++) {
      List<Integer> same = byId.computeIfAbsent(ids[span], id -> new ArrayList<>(1));
      same.add(span);
      if (same.size() > 2) {
        return sets;
      }
      hasRoot |= roots[span];
    }
    if (!hasRoot) {
      return sets;
    }
    List<List<Integer>> children = new ArrayList<>();
    for (int span = 0; span < ids.length; span++) {
      children.add(new ArrayList<>(0));
    }
    for (int span = 0; span < ids.length; span++) {
      int above = roots[span] ? -1 : parentOf(span, byId.get(parents[span]), kinds);
      if (above >= 0) {
        children.get(above).add(span);
      }
    }
    sets.number(roots, children);
    return sets;
  }

  /// Of two spans with the parent's id a server span takes the client one, any other the server
  /// one; -1 for none.
  private static int parentOf(int span, @Nullable List<Integer> candidates, long[] kinds) {
    if (candidates == null) {
      return -1;
    }
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    long wanted = kinds[span] == SERVER ? CLIENT : SERVER;
    for (int candidate : candidates) {
      if (kinds[candidate] == wanted) {
        return candidate;
      }
    }
    return -1;
  }

  private void number(boolean[] roots, List<List<Integer>> children) {
    long counter = 1;
    Deque<Integer> path = new ArrayDeque<>();
    int[] nextChild = new int[roots.length];
    for (int root = 0; root < roots.length; root++) {
      if (!roots[root]) {
        continue;
      }
      enter(root, ROOT, counter++, path);
      while (!path.isEmpty()) {
        int span = path.peek();
        List<Integer> below = children.get(span);
        if (nextChild[span] < below.size()) {
          enter(below.get(nextChild[span]++), left[span], counter++, path);
        } else {
          right[span] = counter++;
          path.pop();
        }
      }
    }
  }

  private void enter(int span, long parentNumber, long number, Deque<Integer> path) {
    left[span] = number;
    parent[span] = parentNumber;
    path.push(span);
  }
}
