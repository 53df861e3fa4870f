package io.vivace.block.parquet;

import io.vivace.block.BinaryVector;
import io.vivace.block.BooleanVector;
import io.vivace.block.ColumnVector;
import io.vivace.block.Dictionary;
import io.vivace.block.DoubleVector;
import io.vivace.block.Levels;
import io.vivace.block.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where pages of one column are decoded to: levels of entries and dense values, growing.
final class ColumnBuffer {
  final Leaf leaf;
  byte[] repetition = {};
  byte[] definition = {};
  int entries;
  int values;
  long[] longs = {};
  double[] doubles = {};
  boolean[] booleans = {};

  /// Ids of dictionary entries; unused while [#dictionary] is null.
  int[] ids = {};

  @Nullable Dictionary dictionary;

  /// Values of binary pages without a dictionary.
  byte[] bytes = {};

  int bytesLength;
  int[] starts = {};
  int[] ends = {};

  ColumnBuffer(Leaf leaf) {
    this.leaf = leaf;
  }

  /// Forgets the entries, keeps arrays and dictionary.
  void clear() {
    entries = 0;
    values = 0;
    bytesLength = 0;
  }

  void growEntries(int more) {
    int capacity = capacity(entries, more, definition.length);
    if (capacity > definition.length) {
      repetition = Arrays.copyOf(repetition, capacity);
      definition = Arrays.copyOf(definition, capacity);
    }
  }

  void growValues(int more) {
    switch (leaf.type()) {
      case BOOLEAN -> {
        int capacity = capacity(values, more, booleans.length);
        booleans = capacity > booleans.length ? Arrays.copyOf(booleans, capacity) : booleans;
      }
      case INT32, INT64 -> {
        int capacity = capacity(values, more, longs.length);
        longs = capacity > longs.length ? Arrays.copyOf(longs, capacity) : longs;
      }
      case DOUBLE -> {
        int capacity = capacity(values, more, doubles.length);
        doubles = capacity > doubles.length ? Arrays.copyOf(doubles, capacity) : doubles;
      }
      case BYTE_ARRAY -> growBinary(more);
    }
  }

  private void growBinary(int more) {
    if (dictionary != null) {
      int capacity = capacity(values, more, ids.length);
      ids = capacity > ids.length ? Arrays.copyOf(ids, capacity) : ids;
      return;
    }
    int capacity = capacity(values, more, starts.length);
    if (capacity > starts.length) {
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
  }

  void growBytes(int more) {
    int capacity = capacity(bytesLength, more, bytes.length);
    bytes = capacity > bytes.length ? Arrays.copyOf(bytes, capacity) : bytes;
  }

  /// Exact the first time, by half more after that.
  private static int capacity(int used, int more, int now) {
    int needed = Math.addExact(used, more);
    return used == 0 || needed <= now ? needed : Math.max(needed, now + (now >> 1));
  }

  /// What was decoded, as a vector that takes the arrays over: nothing can be decoded to this
  /// buffer any more.
  ColumnVector vector() {
    if (definition.length != entries) {
      repetition = Arrays.copyOf(repetition, entries);
      definition = Arrays.copyOf(definition, entries);
    }
    Levels levels = new Levels(repetition, definition, leaf.maxRepetition(), leaf.maxDefinition());
    return switch (leaf.type()) {
      case BOOLEAN ->
          new BooleanVector(
              levels, booleans.length == values ? booleans : Arrays.copyOf(booleans, values));
      case INT32, INT64 ->
          new LongVector(levels, longs.length == values ? longs : Arrays.copyOf(longs, values));
      case DOUBLE ->
          new DoubleVector(
              levels, doubles.length == values ? doubles : Arrays.copyOf(doubles, values));
      case BYTE_ARRAY -> binary(levels);
    };
  }

  private BinaryVector binary(Levels levels) {
    if (dictionary != null) {
      return new BinaryVector(
          levels, ids.length == values ? ids : Arrays.copyOf(ids, values), dictionary, true);
    }
    int[] sequence = new int[values];
    Arrays.setAll(sequence, i -> i);
    Dictionary view =
        new Dictionary(
            Arrays.copyOf(bytes, bytesLength),
            Arrays.copyOf(starts, values),
            Arrays.copyOf(ends, values),
            values);
    return new BinaryVector(levels, sequence, view, false);
  }
}
