package io.vivace.block.row;

import java.util.Arrays;

/// Numbers the spans of a trace as nested sets: a span lies below another when its interval of left
/// and right lies within the other's. Reused from trace to trace.
///
/// Spans are known by the first eight bytes of their ids, as in the blocks of Tempo. Two spans may
/// share an id (Zipkin's client and server half); with three of one id, or without a root, no span
/// of the trace gets numbers. Orphans and what is below them stay at zero.
final class NestedSets {
  static final int SERVER = 2;
  static final int CLIENT = 3;

  private int size;
  private long[] ids = new long[16];
  private long[] parents = new long[16];
  private boolean[] roots = new boolean[16];
  private int[] kinds = new int[16];
  private int[] left = new int[16];
  private int[] right = new int[16];
  private int[] parentLeft = new int[16];

  /// The other span of the same id, or -1.
  private int[] twin = new int[16];

  private int[] firstChild = new int[16];
  private int[] nextSibling = new int[16];
  private int[] lastChild = new int[16];
  private int[] stack = new int[16];
  private int[] table = new int[32];

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /// Adds the next span in row order.
  ///
  /// @param root whether the span has no parent id at all
  void add(long id, long parent, boolean root, int kind) {
    if (size == ids.length) {
      grow();
    }
    ids[size] = id;
    parents[size] = parent;
    roots[size] = root;
    kinds[size++] = kind;
  }

  private void grow() {
    int capacity = 2 * size;
    ids = Arrays.copyOf(ids, capacity);
    parents = Arrays.copyOf(parents, capacity);
    roots = Arrays.copyOf(roots, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
    left = new int[capacity];
    right = new int[capacity];
    parentLeft = new int[capacity];
    twin = new int[capacity];
    firstChild = new int[capacity];
    nextSibling = new int[capacity];
    lastChild = new int[capacity];
    stack = new int[capacity];
    table = new int[2 * capacity];
  }

  int left(int span) {
    return left[span];
  }

  int right(int span) {
    return right[span];
  }

  /// Left of the parent, -1 for a root.
  int parent(int span) {
    return parentLeft[span];
  }

  /// Numbers all spans.
  void number() {
    Arrays.fill(left, 0, size, 0);
    Arrays.fill(right, 0, size, 0);
    Arrays.fill(parentLeft, 0, size, 0);
    if (!index()) {
      return;
    }
    Arrays.fill(firstChild, 0, size, -1);
    Arrays.fill(lastChild, 0, size, -1);
    Arrays.fill(nextSibling, 0, size, -1);
    boolean rooted = false;
    for (int span = 0; span < size; span++) {
      if (roots[span]) {
        rooted = true;
      } else {
        attach(span, parentOf(span));
      }
    }
    int counter = 1;
    for (int span = 0; rooted && span < size; span++) {
      if (roots[span]) {
        parentLeft[span] = -1;
        counter = walk(span, counter);
      }
    }
  }

  /// Fills the table and finds twins; false when an id occurs three times.
  private boolean index() {
    Arrays.fill(table, 0);
    Arrays.fill(twin, 0, size, -1);
    for (int span = 0; span < size; span++) {
      int slot = slot(ids[span]);
      if (table[slot] == 0) {
        table[slot] = span + 1;
      } else {
        int first = table[slot] - 1;
        if (twin[first] >= 0) {
          return false;
        }
        twin[first] = span;
        twin[span] = first;
      }
    }
    return true;
  }

  private int slot(long id) {
    int mask = table.length - 1;
    long mixed = id * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (table[slot] != 0 && ids[table[slot] - 1] != id) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private int parentOf(int span) {
    int found = table[slot(parents[span])] - 1;
    if (found < 0 || twin[found] < 0) {
      return found;
    }
    int wanted = kinds[span] == SERVER ? CLIENT : SERVER;
    if (kinds[found] == wanted) {
      return found;
    }
    return kinds[twin[found]] == wanted ? twin[found] : -1;
  }

  private void attach(int span, int parent) {
    if (parent < 0) {
      return;
    }
    if (firstChild[parent] < 0) {
      firstChild[parent] = span;
    } else {
      nextSibling[lastChild[parent]] = span;
    }
    lastChild[parent] = span;
  }

  private int walk(int root, int start) {
    int counter = start;
    int depth = 0;
    stack[depth++] = root;
    left[root] = counter++;
    while (depth > 0) {
      int span = stack[depth - 1];
      int child = firstChild[span];
      if (child >= 0) {
        firstChild[span] = nextSibling[child];
        parentLeft[child] = left[span];
        left[child] = counter++;
        stack[depth++] = child;
      } else {
        right[span] = counter++;
        depth--;
      }
    }
    return counter;
  }
}
