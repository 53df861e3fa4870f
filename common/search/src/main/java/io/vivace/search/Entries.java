package io.vivace.search;

import io.vivace.traceql.Level;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/// Between entries of levels.
final class Entries {
  private Entries() {}

  /// The traces that have one of the entries.
  static BitSet traces(SearchTable table, Level level, BitSet entries) throws IOException {
    if (level == Level.TRACE) {
      return entries;
    }
    int[] traceStarts = table.offsets(Level.TRACE);
    BitSet traces = new BitSet();
    for (int entry = entries.nextSetBit(0); entry >= 0; entry = entries.nextSetBit(entry + 1)) {
      int span = spanOf(table, level, entry);
      if (span >= 0) {
        traces.set(lastStart(traceStarts, span));
      }
    }
    return traces;
  }

  /// The first span of an entry, or -1 for a resource or scope without spans.
  private static int spanOf(SearchTable table, Level level, int entry) throws IOException {
    return switch (level) {
      case SPAN -> entry;
      case TRACE, RESOURCE, INSTRUMENTATION -> {
        int[] starts = table.offsets(level);
        yield starts[entry] == starts[entry + 1] ? -1 : starts[entry];
      }
      case EVENT, LINK -> lastStart(table.offsets(level), entry);
    };
  }

  /// The last position whose start is not behind `row`.
  private static int lastStart(int[] starts, int row) {
    int at = Arrays.binarySearch(starts, row);
    if (at < 0) {
      return -at - 2;
    }
    while (at + 1 < starts.length && starts[at + 1] == row) {
      at++;
    }
    return at;
  }

  /// All entries of a level.
  static BitSet all(SearchTable table, Level level) throws IOException {
    BitSet all = new BitSet();
    all.set(0, table.rows(level));
    return all;
  }

  /// The entries that one of the spans belongs to, or that belong to one of the spans.
  static BitSet ofSpans(SearchTable table, Level level, BitSet spans) throws IOException {
    if (level == Level.SPAN) {
      return spans;
    }
    int[] starts = table.offsets(level);
    BitSet entries = new BitSet();
    if (level == Level.EVENT || level == Level.LINK) {
      for (int span = spans.nextSetBit(0); span >= 0; span = spans.nextSetBit(span + 1)) {
        entries.set(starts[span], starts[span + 1]);
      }
      return entries;
    }
    for (int entry = 0; entry + 1 < starts.length; entry++) {
      int next = spans.nextSetBit(starts[entry]);
      if (next >= 0 && next < starts[entry + 1]) {
        entries.set(entry);
      }
    }
    return entries;
  }
}
