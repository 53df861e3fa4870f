package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decodes DELTA_BINARY_PACKED integers.
final class DeltaDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_BLOCK = 1 << 16;

  private byte[] bytes = {};
  private int position;
  private int end;
  private final byte[] widths = new byte[512];

  /// Decodes `count` values, the number the data must declare; returns where the data ended.
  int decode(byte[] source, int start, int limit, int count, long[] target, int at) {
    bytes = source;
    position = start;
    end = limit;
    long blockSize = varint();
    long miniBlocks = varint();
    long total = varint();
    long value = zigzag();
    check(total == count, "delta values", total, "" + count);
    check(
        blockSize > 0 && blockSize <= MAX_BLOCK && blockSize % 128 == 0,
        "delta block size",
        blockSize,
        "a multiple of 128");
    check(
        miniBlocks > 0
            && miniBlocks <= widths.length
            && blockSize % miniBlocks == 0
            && blockSize / miniBlocks % 32 == 0,
        "delta miniblocks",
        miniBlocks,
        "parts of 32");
    if (count == 0) {
      return position;
    }
    target[at] = value;
    int done = 1;
    int perMiniBlock = (int) (blockSize / miniBlocks);
    while (done < count) {
      done = block((int) miniBlocks, perMiniBlock, count, done, target, at);
    }
    return position;
  }

  private int block(int miniBlocks, int perMiniBlock, int count, int first, long[] target, int at) {
    int done = first;
    long minDelta = zigzag();
    check(position + miniBlocks <= end, "delta widths", miniBlocks, "within the data");
    System.arraycopy(bytes, position, widths, 0, miniBlocks);
    position += miniBlocks;
    long value = target[at + done - 1];
    for (int m = 0; m < miniBlocks && done < count; m++) {
      int width = widths[m];
      check(width >= 0 && width <= 64, "delta width", width, "0 to 64");
      int n = Math.min(perMiniBlock, count - done);
      check(
          ((long) n * width + 7) / 8 <= end - position, "delta bytes", position, "within the data");
      value = miniBlock(width, n, minDelta, value, target, at + done);
      done += n;
      position = (int) Math.min(end, position + (long) perMiniBlock * width / 8);
    }
    return done;
  }

  private long miniBlock(int width, int n, long minDelta, long before, long[] target, int at) {
    long value = before;
    if (width == 0) {
      for (int i = 0; i < n; i++) {
        value += minDelta;
        target[at + i] = value;
      }
      return value;
    }
    long mask = -1L >>> 64 - width;
    long bit = 8L * position;
    for (int i = 0; i < n; i++, bit += width) {
      int shift = (int) (bit & 7);
      int from = (int) (bit >>> 3);
      long packed = load(from) >>> shift;
      if (shift + width > 64) {
        packed |= (long) (from + 8 < bytes.length ? bytes[from + 8] & 0xff : 0) << 64 - shift;
      }
      value += minDelta + (packed & mask);
      target[at + i] = value;
    }
    return value;
  }

  private long load(int from) {
    if (from + 8 <= bytes.length) {
      return (long) LONG.get(bytes, from);
    }
    long value = 0;
    for (int i = from; i < bytes.length; i++) {
      value |= (bytes[i] & 0xffL) << 8 * (i - from);
    }
    return value;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      check(position < end, "delta data", position, "more bytes");
      int next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedDataException("delta varint: longer than 10 bytes (expected: 64 bits)");
  }

  private long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }
}
