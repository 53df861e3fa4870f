package io.vivace.distributor.usage;

import java.util.Arrays;

/// The values of all labels for one span, as places in the bytes of a request; used again for every
/// span, so that counting makes no objects.
final class LabelValues {
  private final int[] offsets;
  private final int[] lengths;

  LabelValues(int labels) {
    this.offsets = new int[labels];
    this.lengths = new int[labels];
  }

  /// Makes all values missing.
  void clear() {
    Arrays.fill(offsets, 0);
    Arrays.fill(lengths, 0);
  }

  void copyFrom(LabelValues other) {
    System.arraycopy(other.offsets, 0, offsets, 0, offsets.length);
    System.arraycopy(other.lengths, 0, lengths, 0, lengths.length);
  }

  void set(int label, int offset, int length) {
    offsets[label] = offset;
    lengths[label] = length;
  }

  int hash(byte[] bytes) {
    int hash = 1;
    for (int label = 0; label < lengths.length; label++) {
      for (int i = offsets[label]; i < offsets[label] + lengths[label]; i++) {
        hash = hash * 31 + bytes[i];
      }
      hash = hash * 31 + lengths[label];
    }
    return hash;
  }

  /// Whether these are the values of a series.
  boolean equalTo(byte[][] values, byte[] bytes) {
    for (int label = 0; label < values.length; label++) {
      int from = offsets[label];
      if (!Arrays.equals(
          values[label], 0, values[label].length, bytes, from, from + lengths[label])) {
        return false;
      }
    }
    return true;
  }

  /// The values by themselves; a missing one is empty.
  byte[][] copy(byte[] bytes) {
    byte[][] values = new byte[lengths.length][];
    for (int label = 0; label < values.length; label++) {
      values[label] = Arrays.copyOfRange(bytes, offsets[label], offsets[label] + lengths[label]);
    }
    return values;
  }
}
