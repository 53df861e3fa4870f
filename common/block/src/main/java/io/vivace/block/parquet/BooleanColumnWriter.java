package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Occurrence;
import java.util.Arrays;

/// A column of booleans, plain: one bit each.
public final class BooleanColumnWriter extends ColumnWriter {
  private byte[] bits = new byte[64];
  private int trues;

  BooleanColumnWriter(Leaf leaf, LevelGroup group, Occurrence occurrence) {
    super(leaf, group, occurrence);
  }

  /// Adds a value.
  public void add(boolean value) {
    place();
    int at = values >>> 3;
    if (at == bits.length) {
      bits = Arrays.copyOf(bits, 2 * at);
    }
    if ((values & 7) == 0) {
      bits[at] = 0;
    }
    if (value) {
      bits[at] |= (byte) (1 << (values & 7));
      trues++;
    }
    values++;
  }

  @Override
  int bytes() {
    return values >>> 3;
  }

  @Override
  int encoding() {
    return Encoding.PLAIN;
  }

  @Override
  void encode(Output out) {
    out.put(bits, 0, (values + 7) / 8);
  }

  @Override
  byte[] min() {
    return new byte[] {(byte) (trues == values ? 1 : 0)};
  }

  @Override
  byte[] max() {
    return new byte[] {(byte) (trues > 0 ? 1 : 0)};
  }

  @Override
  int compare(byte[] a, byte[] b) {
    return Byte.compare(a[0], b[0]);
  }

  @Override
  void clear() {
    super.clear();
    trues = 0;
  }
}
