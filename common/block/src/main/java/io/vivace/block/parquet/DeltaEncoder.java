package io.vivace.block.parquet;

/// Encodes integers as DELTA_BINARY_PACKED: blocks of 128 in four miniblocks.
final class DeltaEncoder {
  private static final int BLOCK = 128;
  private static final int MINI_BLOCKS = 4;
  private static final int MINI_BLOCK = BLOCK / MINI_BLOCKS;

  private final long[] deltas = new long[BLOCK];

  /// Appends `count` values.
  ///
  /// @param narrow whether differences wrap at 32 bits, as those of INT32 columns must
  void encode(long[] values, int count, boolean narrow, Output out) {
    out.varint(BLOCK);
    out.varint(MINI_BLOCKS);
    out.varint(count);
    out.zigzag(count == 0 ? 0 : narrow ? (int) values[0] : values[0]);
    for (int i = 1; i < count; i += BLOCK) {
      block(values, i, Math.min(BLOCK, count - i), narrow, out);
    }
  }

  private void block(long[] values, int from, int n, boolean narrow, Output out) {
    long min = Long.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      long delta = values[from + i] - values[from + i - 1];
      delta = narrow ? (int) delta : delta;
      deltas[i] = delta;
      min = Math.min(min, delta);
    }
    out.zigzag(min);
    out.reserve(MINI_BLOCKS + BLOCK * 8 + 16);
    int widths = out.length;
    out.length += MINI_BLOCKS;
    for (int m = 0; m < MINI_BLOCKS; m++) {
      int start = m * MINI_BLOCK;
      out.bytes[widths + m] =
          start < n
              ? (byte) miniBlock(start, Math.min(n, start + MINI_BLOCK), min, narrow, out)
              : 0;
    }
  }

  private int miniBlock(int start, int stop, long min, boolean narrow, Output out) {
    long all = 0;
    for (int i = start; i < stop; i++) {
      long packed = deltas[i] - min;
      packed = narrow ? packed & 0xffffffffL : packed;
      deltas[i] = packed;
      all |= packed;
    }
    int width = 64 - Long.numberOfLeadingZeros(all);
    long pending = 0;
    int bits = 0;
    for (int i = start; i < start + MINI_BLOCK && width > 0; i++) {
      long packed = i < stop ? deltas[i] : 0;
      pending |= packed << bits;
      bits += width;
      if (bits >= 64) {
        out.putLow(pending, 8);
        bits -= 64;
        pending = bits == 0 ? 0 : packed >>> width - bits;
      }
    }
    out.putLow(pending, bits / 8);
    return width;
  }
}
