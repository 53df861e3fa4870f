package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Occurrence;
import java.util.Arrays;

/// A column of byte strings without a dictionary: packed lengths, then the bytes.
public final class BinaryColumnWriter extends ColumnWriter {
  private final DeltaEncoder delta = new DeltaEncoder();
  private final Output bytes = new Output(256);
  private long[] lengths = new long[64];
  private int minStart;
  private int minLength;
  private int maxStart;
  private int maxLength;

  BinaryColumnWriter(Leaf leaf, LevelGroup group, Occurrence occurrence) {
    super(leaf, group, occurrence);
  }

  /// Adds a value.
  public void add(byte[] source, int from, int length) {
    place();
    if (values == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * values);
    }
    int start = bytes.length;
    bytes.put(source, from, length);
    lengths[values++] = length;
    if (values == 1) {
      minStart = start;
      maxStart = start;
      minLength = length;
      maxLength = length;
    } else if (compare(start, length, minStart, minLength) < 0) {
      minStart = start;
      minLength = length;
    } else if (compare(start, length, maxStart, maxLength) > 0) {
      maxStart = start;
      maxLength = length;
    }
  }

  private int compare(int a, int aLength, int b, int bLength) {
    return Arrays.compareUnsigned(bytes.bytes, a, a + aLength, bytes.bytes, b, b + bLength);
  }

  @Override
  int bytes() {
    return bytes.length + 4 * values;
  }

  @Override
  int encoding() {
    return Encoding.DELTA_LENGTH_BYTE_ARRAY;
  }

  @Override
  void encode(Output out) {
    delta.encode(lengths, values, true, out);
    out.put(bytes.bytes, 0, bytes.length);
  }

  @Override
  byte[] min() {
    return Arrays.copyOfRange(bytes.bytes, minStart, minStart + minLength);
  }

  @Override
  byte[] max() {
    return Arrays.copyOfRange(bytes.bytes, maxStart, maxStart + maxLength);
  }

  @Override
  int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  @Override
  void clear() {
    super.clear();
    bytes.clear();
  }
}
