package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Decodes the hybrid of runs and bit-packed groups of eight that levels and dictionary ids use.
final class HybridDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int position;
  private int end;

  /// Decodes `count` levels of 0 to `max` from `[start, end)` to `target[at …]`.
  void levels(byte[] source, int start, int limit, int max, int count, byte[] target, int at) {
    if (max == 0) {
      Arrays.fill(target, at, at + count, (byte) 0);
      return;
    }
    open(source, start, limit);
    int width = 32 - Integer.numberOfLeadingZeros(max);
    int done = 0;
    while (done < count) {
      long header = varint();
      if ((header & 1) == 0) {
        long run = header >>> 1;
        check(run > 0 && run <= count - done, "level run", run, "as many as are left");
        int level = next();
        check(level <= max, "level", level, "at most the highest of the column");
        Arrays.fill(target, at + done, at + done + (int) run, (byte) level);
        done += (int) run;
      } else {
        done += packedLevels(header >>> 1, width, count - done, target, at + done);
      }
    }
    int highest = 0;
    for (int i = at; i < at + count; i++) {
      highest = Math.max(highest, target[i]);
    }
    check(highest <= max, "level", highest, "at most " + max);
  }

  private int packedLevels(long groups, int width, int wanted, byte[] target, int at) {
    int count = groupedCount(groups, width, wanted);
    long mask = 0x0101010101010101L * ((1 << width) - 1);
    int done = 0;
    for (; done + 8 <= count; done += 8) {
      LONG.set(target, at + done, Long.expand(load(), mask));
      position += width;
    }
    if (done < count) {
      long last = Long.expand(load(), mask);
      position += width;
      for (; done < count; done++, last >>>= 8) {
        target[at + done] = (byte) last;
      }
    }
    position = Math.min(position + skipped(groups, count) * width, end);
    return count;
  }

  /// Decodes `count` ids below `limit`; the first byte is their width.
  void ids(byte[] source, int start, int stop, int limit, int count, int[] target, int at) {
    if (count == 0) {
      return;
    }
    open(source, start, stop);
    int width = next();
    check(width <= 32, "id width", width, "at most 32");
    int done = 0;
    while (done < count) {
      long header = varint();
      if ((header & 1) == 0) {
        long run = header >>> 1;
        check(run > 0 && run <= count - done, "id run", run, "as many as are left");
        int id = 0;
        for (int shift = 0; shift < width; shift += 8) {
          id |= next() << shift;
        }
        Arrays.fill(target, at + done, at + done + (int) run, id);
        done += (int) run;
      } else {
        done += packedIds(header >>> 1, width, count - done, target, at + done);
      }
    }
    for (int i = at; i < at + count; i++) {
      if (Integer.compareUnsigned(target[i], limit) >= 0) {
        throw new MalformedDataException(
            "dictionary id: " + target[i] + " (expected: below " + limit + ")");
      }
    }
  }

  private int packedIds(long groups, int width, int wanted, int[] target, int at) {
    int count = groupedCount(groups, width, wanted);
    if (width <= 8) {
      narrowIds(width, count, target, at);
    } else {
      wideIds(width, count, target, at);
    }
    position = Math.min(position + (count + 7) / 8 * width, end);
    position = Math.min(position + skipped(groups, count) * width, end);
    return count;
  }

  private void narrowIds(int width, int count, int[] target, int at) {
    long mask = 0x0101010101010101L * ((1 << width) - 1);
    int from = position;
    for (int done = 0; done < count; done += 8, from += width) {
      long group = Long.expand(load(from), mask);
      int stop = Math.min(8, count - done);
      for (int i = 0; i < stop; i++, group >>>= 8) {
        target[at + done + i] = (int) (group & 0xff);
      }
    }
  }

  private void wideIds(int width, int count, int[] target, int at) {
    long mask = (1L << width) - 1;
    long bit = 8L * position;
    for (int i = 0; i < count; i++, bit += width) {
      target[at + i] = (int) (load((int) (bit >>> 3)) >>> (bit & 7) & mask);
    }
  }

  /// How many of the groups' entries are wanted; their bytes must be there.
  private int groupedCount(long groups, int width, int wanted) {
    check(groups > 0 && groups <= Integer.MAX_VALUE / 8, "bit-packed groups", groups, "at least 1");
    int count = (int) Math.min(groups * 8, wanted);
    long needed = ((long) count * width + 7) / 8;
    check(needed <= end - position, "bit-packed bytes", needed, "within the data");
    return count;
  }

  private static int skipped(long groups, int count) {
    return (int) groups - (count + 7) / 8;
  }

  private void open(byte[] source, int start, int limit) {
    bytes = source;
    position = start;
    end = limit;
  }

  private long load() {
    return load(position);
  }

  /// Eight bytes, those behind the end of the array as zeros.
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

  private int next() {
    check(position < end, "level or id data", position, "more bytes");
    return bytes[position++] & 0xff;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift <= 28; shift += 7) {
      int next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedDataException("run header: more than 32 bits (expected: a run)");
  }
}
