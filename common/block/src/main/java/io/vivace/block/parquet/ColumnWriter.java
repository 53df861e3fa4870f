package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Occurrence;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects the values of one column, page by page. Values are added to the current element of the
/// column's [LevelGroup]: exactly one in required columns, at most one in optional ones, any number
/// in repeated ones.
public abstract sealed class ColumnWriter
    permits LongColumnWriter,
        DoubleColumnWriter,
        BooleanColumnWriter,
        DictionaryColumnWriter,
        BinaryColumnWriter {
  final Leaf leaf;
  final LevelGroup group;
  final ChunkWriter chunk;
  private final Occurrence occurrence;

  /// Element of the group that each value belongs to; unused in required columns.
  private int[] positions = {};

  /// Number of values in this page.
  int values;

  private boolean severalPerElement;

  ColumnWriter(Leaf leaf, LevelGroup group, Occurrence occurrence) {
    this.leaf = leaf;
    this.group = group;
    this.occurrence = occurrence;
    this.chunk = new ChunkWriter(leaf);
    group.register(this);
  }

  /// Notes that a value is added to the current element; subclasses store it at index [#values].
  final void place() {
    if (occurrence != Occurrence.REQUIRED) {
      if (values == positions.length) {
        positions = Arrays.copyOf(positions, Math.max(64, 2 * values));
      }
      int element = group.count() - 1;
      positions[values] = element;
      severalPerElement |= values > 0 && positions[values - 1] == element;
    }
  }

  /// Bytes that the values of this page take in memory, roughly.
  abstract int bytes();

  /// Bytes that the column keeps for the row group beside its pages.
  int dictionaryBytes() {
    return 0;
  }

  /// Number of the values' encoding.
  abstract int encoding();

  /// Appends the page's values.
  abstract void encode(Output out);

  /// Least value of the page in PLAIN encoding, null when unknown.
  abstract byte @Nullable [] min();

  /// Greatest value of the page in PLAIN encoding, null when unknown.
  abstract byte @Nullable [] max();

  /// Compares two results of [#min] and [#max].
  abstract int compare(byte[] a, byte[] b);

  /// The dictionary page's entries, null for columns without a dictionary.
  @Nullable ByteDictionary dictionary() {
    return null;
  }

  /// Forgets the page.
  void clear() {
    values = 0;
    severalPerElement = false;
  }

  /// Forgets the row group.
  void clearChunk() {
    chunk.clear();
  }

  /// Number of entries of this page.
  final int entries() {
    if (!severalPerElement) {
      return group.count();
    }
    int more = 0;
    for (int i = 1; i < values; i++) {
      more += positions[i] == positions[i - 1] ? 1 : 0;
    }
    return group.count() + more;
  }

  /// Appends the levels of a V1 page, each with its length before it.
  final void levels(LevelScratch scratch, Output out) {
    if (leaf.maxDefinition() == 0) {
      return;
    }
    if (occurrence == Occurrence.REQUIRED || values == 0) {
      int same = group.maxRepetition();
      if (leaf.maxRepetition() == same) {
        prefixed(group.encodedRepetition(), leaf.maxRepetition(), out);
      } else {
        scratch.encode(
            group.repetition(), group.count(), HybridEncoder.width(leaf.maxRepetition()), out);
      }
      prefixed(group.encodedDefinition(leaf.maxDefinition()), leaf.maxDefinition(), out);
      return;
    }
    int count = scratch.expand(group, positions, values, leaf, entries());
    scratch.encode(scratch.repetition, count, HybridEncoder.width(leaf.maxRepetition()), out);
    scratch.encode(scratch.definition, count, HybridEncoder.width(leaf.maxDefinition()), out);
  }

  private static void prefixed(Output encoded, int max, Output out) {
    if (max > 0) {
      out.putInt(encoded.length);
      out.put(encoded.bytes, 0, encoded.length);
    }
  }
}
