package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Occurrence;
import java.util.Arrays;

/// A column of integers, delta-encoded or plain.
public final class LongColumnWriter extends ColumnWriter {
  private final DeltaEncoder delta = new DeltaEncoder();
  private final boolean packed;
  private final boolean narrow;
  private long[] all = new long[64];

  LongColumnWriter(Leaf leaf, LevelGroup group, Occurrence occurrence, boolean packed) {
    super(leaf, group, occurrence);
    this.packed = packed;
    this.narrow = leaf.type() == Type.INT32;
  }

  /// Adds a value.
  public void add(long value) {
    place();
    if (values == all.length) {
      all = Arrays.copyOf(all, 2 * values);
    }
    all[values++] = value;
  }

  @Override
  int bytes() {
    return values << (narrow ? 2 : 3);
  }

  @Override
  int encoding() {
    return packed ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN;
  }

  @Override
  void encode(Output out) {
    if (packed) {
      delta.encode(all, values, narrow, out);
      return;
    }
    out.reserve(8 * values);
    for (int i = 0; i < values; i++) {
      out.putLow(all[i], narrow ? 4 : 8);
    }
  }

  @Override
  byte[] min() {
    long flip = flip();
    long min = Long.MAX_VALUE;
    for (int i = 0; i < values; i++) {
      min = Math.min(min, normal(all[i]) ^ flip);
    }
    return plain(min ^ flip);
  }

  @Override
  byte[] max() {
    long flip = flip();
    long max = Long.MIN_VALUE;
    for (int i = 0; i < values; i++) {
      max = Math.max(max, normal(all[i]) ^ flip);
    }
    return plain(max ^ flip);
  }

  private long flip() {
    return leaf.unsigned() && !narrow ? Long.MIN_VALUE : 0;
  }

  /// The number that the stored 32 bits stand for.
  private long normal(long value) {
    return !narrow ? value : leaf.unsigned() ? value & 0xffffffffL : (int) value;
  }

  private byte[] plain(long value) {
    byte[] bytes = new byte[narrow ? 4 : 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    return bytes;
  }

  @Override
  int compare(byte[] a, byte[] b) {
    return Long.compare(number(a) ^ flip(), number(b) ^ flip());
  }

  private long number(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return normal(value);
  }
}
