package io.vivace.search;

import io.vivace.block.BlockFormatException;
import io.vivace.block.Levels;
import io.vivace.traceql.Level;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Where traces, resources, scopes, events and links begin in a row group, out of the levels of one
/// column (blocks.md §7.1, §8.5).
final class BlockStructure {
  /// Definition level of a span; a scope has one less, a resource two less.
  static final int SPAN_DEPTH = 3;

  private final BlockColumns columns;
  private final BlockPaths paths;
  private final Map<Level, int[]> offsets = new EnumMap<>(Level.class);
  private int spans = -1;

  BlockStructure(BlockColumns columns, BlockPaths paths) {
    this.columns = columns;
    this.paths = paths;
  }

  int rows(Level level) throws IOException {
    return switch (level) {
      case TRACE -> columns.group().rows();
      case RESOURCE, INSTRUMENTATION -> offsets(level).length - 1;
      case SPAN -> {
        readSpans();
        yield spans;
      }
      case EVENT, LINK -> {
        int[] starts = offsets(level);
        yield starts[starts.length - 1];
      }
    };
  }

  int[] offsets(Level level) throws IOException {
    int[] known = offsets.get(level);
    if (known != null) {
      return known;
    }
    switch (level) {
      case TRACE, RESOURCE, INSTRUMENTATION -> readSpans();
      case EVENT, LINK -> readLists(level);
      case SPAN -> throw new IllegalArgumentException("level: SPAN (expected: one with offsets)");
    }
    return offsets.getOrDefault(level, new int[1]);
  }

  /// Definition level of an entry of a level.
  static int depth(Level level) {
    return switch (level) {
      case TRACE -> 0;
      case RESOURCE -> 1;
      case INSTRUMENTATION -> 2;
      case SPAN -> SPAN_DEPTH;
      case EVENT, LINK -> SPAN_DEPTH + 1;
    };
  }

  private void readSpans() throws IOException {
    if (spans >= 0) {
      return;
    }
    String path = paths.span("Kind");
    Levels levels = columns.column(path).levels();
    byte[] repetition = levels.repetition();
    byte[] definition = levels.definition();
    int size = definition.length;
    int[][] starts = new int[SPAN_DEPTH][size + 1];
    int[] counts = new int[SPAN_DEPTH];
    int count = 0;
    for (int i = 0; i < size; i++) {
      for (int depth = repetition[i]; depth < SPAN_DEPTH && depth <= definition[i]; depth++) {
        starts[depth][counts[depth]++] = count;
      }
      if (definition[i] >= SPAN_DEPTH) {
        count++;
      }
    }
    Level[] byDepth = {Level.TRACE, Level.RESOURCE, Level.INSTRUMENTATION};
    for (int depth = 0; depth < SPAN_DEPTH; depth++) {
      starts[depth][counts[depth]] = count;
      offsets.put(byDepth[depth], Arrays.copyOf(starts[depth], counts[depth] + 1));
    }
    columns.check(path, counts[0], columns.group().rows());
    spans = count;
  }

  private void readLists(Level level) throws IOException {
    int[] starts = new int[rows(Level.SPAN) + 1];
    String path = level == Level.EVENT ? paths.event("Name") : paths.link("TraceID");
    if (columns.has(path)) {
      count(columns.column(path).levels(), starts, path);
    }
    offsets.put(level, starts);
  }

  private void count(Levels levels, int[] starts, String path) throws BlockFormatException {
    byte[] repetition = levels.repetition();
    byte[] definition = levels.definition();
    int span = 0;
    int entries = 0;
    for (int i = 0; i < definition.length; i++) {
      if (repetition[i] <= SPAN_DEPTH && definition[i] >= SPAN_DEPTH) {
        if (span + 1 == starts.length) {
          throw columns.fault(path, "spans: more than " + span + " (expected: " + span + ")");
        }
        starts[span++] = entries;
      }
      if (definition[i] > SPAN_DEPTH) {
        entries++;
      }
    }
    columns.check(path, span, starts.length - 1);
    starts[span] = entries;
  }
}
