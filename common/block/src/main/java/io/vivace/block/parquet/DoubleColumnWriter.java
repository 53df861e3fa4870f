package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Occurrence;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A column of doubles, plain. NaN takes no part in bounds, as Parquet demands.
public final class DoubleColumnWriter extends ColumnWriter {
  private double[] all = new double[64];

  DoubleColumnWriter(Leaf leaf, LevelGroup group, Occurrence occurrence) {
    super(leaf, group, occurrence);
  }

  /// Adds a value.
  public void add(double value) {
    place();
    if (values == all.length) {
      all = Arrays.copyOf(all, 2 * values);
    }
    all[values++] = value;
  }

  @Override
  int bytes() {
    return values << 3;
  }

  @Override
  int encoding() {
    return Encoding.PLAIN;
  }

  @Override
  void encode(Output out) {
    for (int i = 0; i < values; i++) {
      out.putLong(Double.doubleToRawLongBits(all[i]));
    }
  }

  @Override
  byte @Nullable [] min() {
    double min = Double.NaN;
    for (int i = 0; i < values; i++) {
      min = Double.isNaN(all[i]) ? min : Double.isNaN(min) ? all[i] : Math.min(min, all[i]);
    }
    return Double.isNaN(min) ? null : plain(min == 0 ? -0.0 : min);
  }

  @Override
  byte @Nullable [] max() {
    double max = Double.NaN;
    for (int i = 0; i < values; i++) {
      max = Double.isNaN(all[i]) ? max : Double.isNaN(max) ? all[i] : Math.max(max, all[i]);
    }
    return Double.isNaN(max) ? null : plain(max == 0 ? 0.0 : max);
  }

  private static byte[] plain(double value) {
    Output out = new Output(16);
    out.putLong(Double.doubleToRawLongBits(value));
    return out.toBytes();
  }

  @Override
  int compare(byte[] a, byte[] b) {
    return Double.compare(number(a), number(b));
  }

  private static double number(byte[] bytes) {
    long bits = 0;
    for (int i = 7; i >= 0; i--) {
      bits = bits << 8 | bytes[i] & 0xff;
    }
    return Double.longBitsToDouble(bits);
  }
}
