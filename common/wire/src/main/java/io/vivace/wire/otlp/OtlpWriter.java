package io.vivace.wire.otlp;

import java.util.Arrays;

/// Writes OTLP messages in their protobuf encoding into one growing buffer. Nothing is allocated
/// per field; a writer is used again after [#reset].
///
/// Messages inside messages are written between [#begin] and [#end]: the length is put in
/// afterwards, in as few bytes as it needs. Not safe for use by several threads.
public final class OtlpWriter {
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int STRING_VALUE = 1;
  private static final int BOOL_VALUE = 2;
  private static final int INT_VALUE = 3;
  private static final int DOUBLE_VALUE = 4;
  private static final int BYTES_VALUE = 7;
  private static final int LENGTH_DELIMITED = 2;
  private static final int MAX_VARINT = 10;

  private byte[] bytes;
  private int position;

  /// An empty writer.
  ///
  /// @param initialBytes size of the buffer before it grows, at least 1
  public OtlpWriter(int initialBytes) {
    this.bytes = new byte[Math.max(16, initialBytes)];
  }

  /// Opens a message in `field`.
  ///
  /// @return what [#end] has to be given
  public int begin(int field) {
    tag(field, LENGTH_DELIMITED);
    ensure(1);
    position++;
    return position;
  }

  /// Closes the message that `mark` opened; messages inside it are closed before.
  public void end(int mark) {
    int length = position - mark;
    int extra = WireOutput.varintLength(length) - 1;
    if (extra > 0) {
      ensure(extra);
      System.arraycopy(bytes, mark, bytes, mark + extra, length);
      position += extra;
    }
    putVarint(mark - 1, length);
  }

  /// How many bytes were written; with [#truncate] a way back.
  public int position() {
    return position;
  }

  /// Drops everything that was written after `to`, which is no later than now and not inside a
  /// message that was closed since.
  public void truncate(int to) {
    if (to < 0 || to > position) {
      throw new IllegalArgumentException("position: " + to + " (expected: 0 to " + position + ")");
    }
    position = to;
  }

  /// Writes a varint field, zero too.
  public void varint(int field, long value) {
    tag(field, 0);
    rawVarint(value);
  }

  /// Writes eight bytes, little endian.
  public void fixed64(int field, long value) {
    tag(field, 1);
    ensure(Long.BYTES);
    WireCursor.LONG.set(bytes, position, value);
    position += Long.BYTES;
  }

  /// Writes four bytes, little endian.
  public void fixed32(int field, int value) {
    tag(field, 5);
    ensure(Integer.BYTES);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes[position++] = (byte) (value >>> shift);
    }
  }

  /// Writes bytes, or text that is UTF-8 already.
  public void bytes(int field, byte[] source, int offset, int length) {
    tag(field, LENGTH_DELIMITED);
    rawVarint(length);
    ensure(length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
  }

  /// Writes text as UTF-8; half a surrogate pair becomes `?`.
  public void string(int field, String value) {
    int mark = begin(field);
    ensure(3L * value.length());
    position = Utf8.encode(value, 0, value.length(), bytes, position);
    end(mark);
  }

  /// Writes a message that was put together in another writer.
  public void message(int field, OtlpWriter content) {
    bytes(field, content.bytes, 0, content.position);
  }

  /// Writes a trace id of sixteen bytes, big endian.
  public void traceId(int field, long high, long low) {
    tag(field, LENGTH_DELIMITED);
    rawVarint(2 * Long.BYTES);
    bigEndian(high);
    bigEndian(low);
  }

  /// Writes a span id of eight bytes, big endian.
  public void spanId(int field, long id) {
    tag(field, LENGTH_DELIMITED);
    rawVarint(Long.BYTES);
    bigEndian(id);
  }

  /// Writes a `KeyValue` with a text.
  public void attribute(int field, String key, String value) {
    int attribute = begin(field);
    string(KEY, key);
    int any = begin(VALUE);
    string(STRING_VALUE, value);
    end(any);
    end(attribute);
  }

  /// Writes a `KeyValue` with a whole number.
  public void attribute(int field, String key, long value) {
    int attribute = begin(field);
    string(KEY, key);
    int any = begin(VALUE);
    varint(INT_VALUE, value);
    end(any);
    end(attribute);
  }

  /// Writes a `KeyValue` with a floating point number.
  public void attribute(int field, String key, double value) {
    int attribute = begin(field);
    string(KEY, key);
    int any = begin(VALUE);
    fixed64(DOUBLE_VALUE, Double.doubleToRawLongBits(value));
    end(any);
    end(attribute);
  }

  /// Writes a `KeyValue` with true or false.
  public void attribute(int field, String key, boolean value) {
    int attribute = begin(field);
    string(KEY, key);
    int any = begin(VALUE);
    varint(BOOL_VALUE, value ? 1 : 0);
    end(any);
    end(attribute);
  }

  /// Writes a `KeyValue` with bytes.
  public void attributeBytes(int field, String key, byte[] source, int offset, int length) {
    int attribute = begin(field);
    string(KEY, key);
    int any = begin(VALUE);
    bytes(BYTES_VALUE, source, offset, length);
    end(any);
    end(attribute);
  }

  /// A copy of what was written.
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  /// Copies what was written to `at` of `target`, which has room for it.
  ///
  /// @return how many bytes
  public int copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, position);
    return position;
  }

  /// Forgets what was written and keeps the buffer.
  public void reset() {
    position = 0;
  }

  private void tag(int field, int type) {
    rawVarint((long) field << 3 | type);
  }

  private void rawVarint(long value) {
    ensure(MAX_VARINT);
    position = putVarint(position, value);
  }

  private int putVarint(int at, long value) {
    int index = at;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[index++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[index++] = (byte) rest;
    return index;
  }

  private void bigEndian(long value) {
    ensure(Long.BYTES);
    WireCursor.BIG_ENDIAN_LONG.set(bytes, position, value);
    position += Long.BYTES;
  }

  private void ensure(long count) {
    long needed = position + count;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("message: " + needed + " bytes (expected: below 2 GiB)");
    }
    int size = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length));
    bytes = Arrays.copyOf(bytes, size);
  }
}
