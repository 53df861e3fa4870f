package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;

import io.vivace.block.Dictionary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/// Turns the body of one page into levels and values. Holds scratch memory: for one thread.
final class PageDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final HybridDecoder hybrid = new HybridDecoder();
  private final DeltaDecoder delta = new DeltaDecoder();
  private final CRC32 crc = new CRC32();
  private byte[] scratch = {};
  private long[] lengths = {};

  /// What to decode from: set by [#body].
  private byte[] source = scratch;

  private int start;
  private int end;

  /// Decodes a dictionary page whose body begins at `at`.
  Dictionary dictionary(PageHeader header, int codec, byte[] bytes, int at) {
    check(
        header.encoding == Encoding.PLAIN || header.encoding == Encoding.PLAIN_DICTIONARY,
        "dictionary encoding",
        header.encoding,
        "0 or 2");
    checksum(header, bytes, at);
    body(codec, bytes, at, header.compressedSize, header.uncompressedSize);
    check(header.values <= (end - start) / 4, "dictionary size", header.values, "4 bytes each");
    byte[] entries = java.util.Arrays.copyOfRange(source, start, end);
    int[] starts = new int[header.values];
    int[] ends = new int[header.values];
    int stop = plainBinary(entries, 0, entries.length, header.values, starts, ends, 0);
    check(stop == entries.length, "dictionary bytes", entries.length, "" + stop);
    return new Dictionary(entries, starts, ends, header.values);
  }

  /// Appends a data page to `target`; returns the number of rows that begin in it.
  int data(PageHeader header, int codec, byte[] bytes, int at, ColumnBuffer target) {
    checksum(header, bytes, at);
    target.growEntries(header.values);
    int nonNull;
    if (header.type == PageHeader.DATA_V2) {
      nonNull = levelsV2(header, bytes, at, target);
      int levels = header.repetitionLength + header.definitionLength;
      body(
          header.compressed ? codec : Codec.UNCOMPRESSED,
          bytes,
          at + levels,
          header.compressedSize - levels,
          header.uncompressedSize - levels);
    } else {
      body(codec, bytes, at, header.compressedSize, header.uncompressedSize);
      nonNull = levelsV1(header, target);
    }
    int rows = rows(target, header.values);
    check(header.rows < 0 || header.rows == rows, "num_rows", header.rows, "" + rows);
    int nulls = header.values - nonNull;
    check(header.nulls < 0 || header.nulls == nulls, "num_nulls", header.nulls, "" + nulls);
    target.growValues(nonNull);
    values(header.encoding, nonNull, target);
    target.entries += header.values;
    target.values += nonNull;
    return rows;
  }

  private void checksum(PageHeader header, byte[] bytes, int at) {
    if (header.hasChecksum) {
      crc.reset();
      crc.update(bytes, at, header.compressedSize);
      check((int) crc.getValue() == header.checksum, "checksum", crc.getValue(), "the header's");
    }
  }

  private void body(int codec, byte[] bytes, int at, int length, int size) {
    if (codec == Codec.UNCOMPRESSED) {
      check(length == size, "uncompressed size", size, "" + length);
      source = bytes;
      start = at;
      end = at + length;
      return;
    }
    if (size == 0 && length == 0) {
      source = scratch;
      start = 0;
      end = 0;
      return;
    }
    Codec.checkSize(codec, bytes, at, length, size);
    if (scratch.length < size + 8L) {
      scratch = new byte[Math.addExact(size, 8)];
    }
    Codec.decompress(codec, bytes, at, length, scratch, size);
    source = scratch;
    start = 0;
    end = size;
  }

  private int levelsV2(PageHeader header, byte[] bytes, int at, ColumnBuffer target) {
    int middle = at + header.repetitionLength;
    int stop = middle + header.definitionLength;
    Leaf leaf = target.leaf;
    int n = header.values;
    hybrid.levels(bytes, at, middle, leaf.maxRepetition(), n, target.repetition, target.entries);
    hybrid.levels(bytes, middle, stop, leaf.maxDefinition(), n, target.definition, target.entries);
    return nonNull(target, n);
  }

  private int levelsV1(PageHeader header, ColumnBuffer target) {
    Leaf leaf = target.leaf;
    levelV1(leaf.maxRepetition(), header.values, target.repetition, target.entries);
    levelV1(leaf.maxDefinition(), header.values, target.definition, target.entries);
    return nonNull(target, header.values);
  }

  private void levelV1(int max, int count, byte[] target, int at) {
    if (max == 0) {
      hybrid.levels(source, start, start, 0, count, target, at);
      return;
    }
    check(end - start >= 4, "length of levels", end - start, "at least 4 bytes");
    int length = (int) INT.get(source, start);
    check(length >= 0 && length <= end - start - 4, "length of levels", length, "within the page");
    start += 4;
    hybrid.levels(source, start, start + length, max, count, target, at);
    start += length;
  }

  private static int nonNull(ColumnBuffer target, int count) {
    int max = target.leaf.maxDefinition();
    byte[] definition = target.definition;
    int found = 0;
    for (int i = target.entries; i < target.entries + count; i++) {
      found += definition[i] == max ? 1 : 0;
    }
    return found;
  }

  private static int rows(ColumnBuffer target, int count) {
    if (target.leaf.maxRepetition() == 0) {
      return count;
    }
    byte[] repetition = target.repetition;
    int rows = 0;
    for (int i = target.entries; i < target.entries + count; i++) {
      rows += repetition[i] == 0 ? 1 : 0;
    }
    check(
        count == 0 || repetition[target.entries] == 0, "first level", 1, "0: a page begins a row");
    return rows;
  }

  private void values(int encoding, int count, ColumnBuffer target) {
    Type type = target.leaf.type();
    boolean ids = encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
    if (type == Type.BYTE_ARRAY && ids != (target.dictionary != null)) {
      // mixed chunks are legal, but dictionary tests would miss the values of their plain pages
      throw new MalformedDataException(
          "encoding: " + encoding + " (expected: the same for all pages of the column)");
    }
    if (ids) {
      if (type != Type.BYTE_ARRAY || target.dictionary == null) {
        throw unsupported(encoding, type);
      }
      int size = target.dictionary.size();
      hybrid.ids(source, start, end, size, count, target.ids, target.values);
    } else if (encoding == Encoding.PLAIN) {
      plain(type, count, target);
    } else if (encoding == Encoding.DELTA_BINARY_PACKED && isInteger(type)) {
      delta.decode(source, start, end, count, target.longs, target.values);
      narrow(target, count);
    } else if (encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY && type == Type.BYTE_ARRAY) {
      deltaLength(count, target);
    } else {
      throw unsupported(encoding, type);
    }
  }

  private static MalformedDataException unsupported(int encoding, Type type) {
    return new MalformedDataException(
        "encoding of " + type + ": " + encoding + " (expected: one of trace blocks)");
  }

  private static boolean isInteger(Type type) {
    return type == Type.INT32 || type == Type.INT64;
  }

  private static void narrow(ColumnBuffer target, int count) {
    if (target.leaf.type() == Type.INT32) {
      boolean unsigned = target.leaf.unsigned();
      for (int i = target.values; i < target.values + count; i++) {
        int value = (int) target.longs[i];
        target.longs[i] = unsigned ? value & 0xffffffffL : value;
      }
    }
  }

  private void plain(Type type, int count, ColumnBuffer target) {
    switch (type) {
      case BOOLEAN -> {
        require((count + 7L) / 8);
        for (int i = 0; i < count; i++) {
          target.booleans[target.values + i] = (source[start + (i >>> 3)] >>> (i & 7) & 1) != 0;
        }
      }
      case INT32 -> {
        require(4L * count);
        for (int i = 0; i < count; i++) {
          target.longs[target.values + i] = (int) INT.get(source, start + 4 * i);
        }
        narrow(target, count);
      }
      case INT64 -> {
        require(8L * count);
        for (int i = 0; i < count; i++) {
          target.longs[target.values + i] = (long) LONG.get(source, start + 8 * i);
        }
      }
      case DOUBLE -> {
        require(8L * count);
        for (int i = 0; i < count; i++) {
          long bits = (long) LONG.get(source, start + 8 * i);
          target.doubles[target.values + i] = Double.longBitsToDouble(bits);
        }
      }
      case BYTE_ARRAY -> {
        int shift = target.bytesLength - start;
        int at = target.values;
        plainBinary(source, start, end, count, target.starts, target.ends, at);
        append(start, end - start, target);
        for (int i = at; i < at + count; i++) {
          target.starts[i] += shift;
          target.ends[i] += shift;
        }
      }
    }
  }

  private void require(long needed) {
    check(end - start == needed, "bytes of values", end - start, "" + needed);
  }

  private static int plainBinary(
      byte[] bytes, int from, int limit, int count, int[] starts, int[] ends, int at) {
    int position = from;
    for (int i = 0; i < count; i++) {
      check(limit - position >= 4, "length of a value", limit - position, "4 bytes");
      int length = (int) INT.get(bytes, position);
      position += 4;
      check(length >= 0 && length <= limit - position, "value length", length, "within the page");
      starts[at + i] = position;
      position += length;
      ends[at + i] = position;
    }
    return position;
  }

  private void deltaLength(int count, ColumnBuffer target) {
    if (lengths.length < count) {
      lengths = new long[count];
    }
    int from = delta.decode(source, start, end, count, lengths, 0);
    int at = target.bytesLength;
    int stop = at + (end - from);
    append(from, end - from, target);
    for (int i = 0; i < count; i++) {
      long length = lengths[i];
      check(length >= 0 && length <= stop - at, "value length", length, "within the page");
      target.starts[target.values + i] = at;
      at += (int) length;
      target.ends[target.values + i] = at;
    }
    check(at == stop, "bytes of values", stop - at, "0 left over");
  }

  private void append(int from, int length, ColumnBuffer target) {
    target.growBytes(length);
    System.arraycopy(source, from, target.bytes, target.bytesLength, length);
    target.bytesLength += length;
  }
}
