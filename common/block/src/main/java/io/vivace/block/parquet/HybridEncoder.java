package io.vivace.block.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Encodes levels and dictionary ids as runs and bit-packed groups of eight.
final class HybridEncoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MIN_RUN = 8;

  private HybridEncoder() {}

  /// Bits for values up to `max`.
  static int width(int max) {
    return 32 - Integer.numberOfLeadingZeros(max);
  }

  /// Appends `count` levels; `levels` has slack of eight behind them.
  static void levels(byte[] levels, int count, int width, Output out) {
    int literals = 0;
    int i = 0;
    while (i < count) {
      int run = runOf(levels, i, count);
      int fill = -(i - literals) & 7;
      if (run - fill >= MIN_RUN) {
        i += fill;
        run -= fill;
        packLevels(levels, literals, i, width, out);
        out.varint((long) run << 1);
        out.put(levels[i]);
        i += run;
        literals = i;
      } else {
        i += run;
      }
    }
    packLevels(levels, literals, count, width, out);
  }

  private static int runOf(byte[] levels, int from, int count) {
    byte value = levels[from];
    long pattern = (value & 0xffL) * 0x0101010101010101L;
    int i = from + 1;
    while (i + 8 <= count && (long) LONG.get(levels, i) == pattern) {
      i += 8;
    }
    while (i < count && levels[i] == value) {
      i++;
    }
    return i - from;
  }

  private static void packLevels(byte[] levels, int from, int to, int width, Output out) {
    if (from == to) {
      return;
    }
    int groups = (to - from + 7) / 8;
    out.varint((long) groups << 1 | 1);
    out.reserve(groups * width + 8);
    long mask = 0x0101010101010101L * ((1 << width) - 1);
    int i = from;
    for (; i + 8 <= to; i += 8) {
      out.putLow(Long.compress((long) LONG.get(levels, i), mask), width);
    }
    if (i < to) {
      long last = 0;
      for (int k = 0; i + k < to; k++) {
        last |= (levels[i + k] & 0xffL) << 8 * k;
      }
      out.putLow(Long.compress(last, mask), width);
    }
  }

  /// Appends `count` ids, without the byte that tells their width.
  static void ids(int[] ids, int count, int width, Output out) {
    int literals = 0;
    int i = 0;
    while (i < count) {
      int run = 1;
      while (i + run < count && ids[i + run] == ids[i]) {
        run++;
      }
      int fill = -(i - literals) & 7;
      if (run - fill >= MIN_RUN) {
        i += fill;
        run -= fill;
        packIds(ids, literals, i, width, out);
        out.varint((long) run << 1);
        out.reserve(8);
        out.putLow(ids[i], (width + 7) / 8);
        i += run;
        literals = i;
      } else {
        i += run;
      }
    }
    packIds(ids, literals, count, width, out);
  }

  private static void packIds(int[] ids, int from, int to, int width, Output out) {
    if (from == to) {
      return;
    }
    int groups = (to - from + 7) / 8;
    out.varint((long) groups << 1 | 1);
    out.reserve(groups * width + 8);
    long pending = 0;
    int bits = 0;
    for (int i = from; i < from + groups * 8; i++) {
      long id = i < to ? ids[i] : 0;
      pending |= id << bits;
      bits += width;
      if (bits >= 32) {
        out.putLow(pending, 4);
        pending >>>= 32;
        bits -= 32;
      }
    }
    out.putLow(pending, bits / 8);
  }
}
