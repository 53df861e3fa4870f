package io.vivace.traceql;

import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The rows a filter is evaluated on: spans, or, when it mentions events or links, every
/// combination of a span with one of its events and links. A span without events has one row with
/// no event.
final class RowSpace {
  /// Bounds the memory of a filter that mentions events and links of spans that have many of both.
  private static final int MAX_ROWS = 1 << 26;

  private final int rows;
  private final int @Nullable [] spanOf;
  private final int @Nullable [] eventOf;
  private final int @Nullable [] linkOf;

  private RowSpace(
      int rows, int @Nullable [] spanOf, int @Nullable [] eventOf, int @Nullable [] linkOf) {
    this.rows = rows;
    this.spanOf = spanOf;
    this.eventOf = eventOf;
    this.linkOf = linkOf;
  }

  static RowSpace ofSpans(SpanTable table) throws IOException {
    return new RowSpace(table.rows(Level.SPAN), null, null, null);
  }

  static RowSpace of(SpanTable table, boolean events, boolean links) throws IOException {
    if (!events && !links) {
      return ofSpans(table);
    }
    int spans = table.rows(Level.SPAN);
    int[] eventStarts = events ? table.offsets(Level.EVENT) : new int[spans + 1];
    int[] linkStarts = links ? table.offsets(Level.LINK) : new int[spans + 1];
    long total = 0;
    for (int span = 0; span < spans; span++) {
      total +=
          (long) Math.max(1, eventStarts[span + 1] - eventStarts[span])
              * Math.max(1, linkStarts[span + 1] - linkStarts[span]);
    }
    if (total > MAX_ROWS) {
      throw new TraceQlException.Unsupported(
          "combinations of events and links in one filter: "
              + total
              + " (expected: at most "
              + MAX_ROWS
              + "): not supported yet");
    }
    int[] spanOf = new int[(int) total];
    int[] eventOf = new int[spanOf.length];
    int[] linkOf = new int[spanOf.length];
    int row = 0;
    for (int span = 0; span < spans; span++) {
      int eventCount = eventStarts[span + 1] - eventStarts[span];
      int linkCount = linkStarts[span + 1] - linkStarts[span];
      for (int event = 0; event < Math.max(1, eventCount); event++) {
        for (int link = 0; link < Math.max(1, linkCount); link++) {
          spanOf[row] = span;
          eventOf[row] = eventCount == 0 ? -1 : eventStarts[span] + event;
          linkOf[row] = linkCount == 0 ? -1 : linkStarts[span] + link;
          row++;
        }
      }
    }
    return new RowSpace(row, spanOf, eventOf, linkOf);
  }

  int rows() {
    return rows;
  }

  /// Whether rows are spans.
  boolean isSpans() {
    return spanOf == null;
  }

  /// Rows of a bitmap over spans.
  BitSet liftSpans(BitSet spans) {
    return spanOf == null ? spans : lift(spans, spanOf);
  }

  Vector liftSpans(Vector spans) {
    return spanOf == null ? spans : spans.gather(spanOf);
  }

  BitSet lift(BitSet entries, Level level) {
    return lift(entries, entries(level));
  }

  Vector lift(Vector entries, Level level) {
    return entries.gather(entries(level));
  }

  /// Spans that have one of the rows.
  BitSet toSpans(BitSet set) {
    if (spanOf == null) {
      return set;
    }
    BitSet spans = new BitSet();
    for (int row = set.nextSetBit(0); row >= 0; row = set.nextSetBit(row + 1)) {
      spans.set(spanOf[row]);
    }
    return spans;
  }

  private int[] entries(Level level) {
    int[] entries = level == Level.EVENT ? eventOf : linkOf;
    if (entries == null) {
      throw new IllegalStateException("level: " + level + " (expected: one of this filter)");
    }
    return entries;
  }

  private static BitSet lift(BitSet entries, int[] entryOf) {
    BitSet result = new BitSet(entryOf.length);
    for (int row = 0; row < entryOf.length; row++) {
      if (entryOf[row] >= 0 && entries.get(entryOf[row])) {
        result.set(row);
      }
    }
    return result;
  }
}
