package io.vivace.traceql;

import java.io.IOException;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// The columns of a table, each read once, and their way from their own level to spans.
final class Columns {
  private final SpanTable table;
  private final Map<AttributeReference, Vector> vectors = new HashMap<>();
  private final Map<Level, int[]> entryOfSpan = new EnumMap<>(Level.class);

  Columns(SpanTable table) {
    this.table = table;
  }

  SpanTable table() {
    return table;
  }

  /// The column on its own level.
  Vector own(AttributeReference reference) throws IOException {
    Vector vector = vectors.get(reference);
    if (vector == null) {
      vector = table.column(reference);
      vectors.put(reference, vector);
    }
    return vector;
  }

  /// The values in the rows of a space; in the space of spans an event attribute is that of the
  /// first event that has it.
  Vector in(RowSpace space, AttributeReference reference) throws IOException {
    if (reference instanceof AttributeReference.Named named && named.scope() == Scope.NONE) {
      Vector span = in(space, AttributeReference.named(Scope.SPAN, named.name()));
      Vector resource = in(space, AttributeReference.named(Scope.RESOURCE, named.name()));
      return span.orElse(resource);
    }
    Vector own = own(reference);
    Level level = Level.of(reference);
    return switch (level) {
      case SPAN -> space.liftSpans(own);
      case TRACE, RESOURCE, INSTRUMENTATION -> space.liftSpans(own.gather(entriesOfSpans(level)));
      case EVENT, LINK ->
          space.isSpans() ? own.gather(firstPresent(own, level)) : space.lift(own, level);
    };
  }

  /// Rows of a space for a bitmap on the level of an attribute.
  BitSet lift(RowSpace space, BitSet entries, Level level) throws IOException {
    return switch (level) {
      case SPAN -> space.liftSpans(entries);
      case TRACE, RESOURCE, INSTRUMENTATION -> space.liftSpans(toSpans(entries, level));
      case EVENT, LINK -> space.lift(entries, level);
    };
  }

  private BitSet toSpans(BitSet entries, Level level) throws IOException {
    int[] starts = table.offsets(level);
    BitSet spans = new BitSet(table.rows(Level.SPAN));
    for (int entry = entries.nextSetBit(0); entry >= 0; entry = entries.nextSetBit(entry + 1)) {
      spans.set(starts[entry], starts[entry + 1]);
    }
    return spans;
  }

  private int[] entriesOfSpans(Level level) throws IOException {
    int[] known = entryOfSpan.get(level);
    if (known != null) {
      return known;
    }
    int[] starts = table.offsets(level);
    int[] entries = new int[table.rows(Level.SPAN)];
    for (int entry = 0; entry + 1 < starts.length; entry++) {
      for (int span = starts[entry]; span < starts[entry + 1]; span++) {
        entries[span] = entry;
      }
    }
    entryOfSpan.put(level, entries);
    return entries;
  }

  private int[] firstPresent(Vector own, Level level) throws IOException {
    int[] starts = table.offsets(level);
    int[] first = new int[table.rows(Level.SPAN)];
    for (int span = 0; span < first.length; span++) {
      int entry = starts[span];
      while (entry < starts[span + 1] && own.isNil(entry)) {
        entry++;
      }
      first[span] = entry < starts[span + 1] ? entry : -1;
    }
    return first;
  }
}
