package io.vivace.wire.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads the protobuf wire format from an array, one field after the other, with every length
/// checked against the end of the message that holds it (protobuf, Encoding).
public final class WireCursor {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MAX_GROUP_DEPTH = 100;
  private static final int MAX_FIELD = (1 << 28) - 1;

  final byte[] bytes;
  int position;

  /// A cursor at `position` of `bytes`.
  public WireCursor(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /// Where the next field begins: an index of the array.
  public int position() {
    return position;
  }

  /// Goes to another place of the array, for example to the beginning of a field that was stepped
  /// over.
  public void position(int to) {
    position = to;
  }

  /// Reads a tag. The field number is `tag >>> 3`, the wire type `tag & 7`.
  public int readTag(int end) throws MalformedOtlpException {
    int start = position;
    long tag = readVarint(end);
    int number = (int) (tag >>> 3);
    if (number <= 0) {
      throw malformed("field number", number, "above 0", start);
    }
    int type = (int) tag & 7;
    if (type > 5 || type == 4) {
      throw malformed("wire type", type, "0, 1, 2, 3 or 5", start);
    }
    return Math.min(number, MAX_FIELD) << 3 | type;
  }

  /// Reads a varint of at most ten bytes; bits above the sixty-fourth are dropped.
  public long readVarint(int end) throws MalformedOtlpException {
    int start = position;
    if (start < end && bytes[start] >= 0) {
      position = start + 1;
      return bytes[start];
    }
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= end) {
        throw malformed("varint", end - start, "to end inside its message", start);
      }
      byte next = bytes[position++];
      if (shift < 64) {
        value |= (next & 0x7fL) << shift;
      }
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("varint length", 11, "at most 10 bytes", start);
  }

  /// Reads the length of a length-delimited field and returns its end.
  public int readEnd(int end) throws MalformedOtlpException {
    int start = position;
    long length = readVarint(end);
    if (length < 0 || length > end - position) {
      throw malformed("length", length, "at most " + (end - position), start);
    }
    return position + (int) length;
  }

  /// Reads eight bytes, little endian.
  public long readFixed64(int end) throws MalformedOtlpException {
    skip(8, end);
    return (long) LONG.get(bytes, position - 8);
  }

  /// The eight bytes at `offset`, big endian; the cursor stays where it is.
  public long bigEndianLong(int offset) {
    return (long) BIG_ENDIAN_LONG.get(bytes, offset);
  }

  /// Steps over the value of a field with `tag`, groups included.
  public void skipField(int tag, int end) throws MalformedOtlpException {
    skipField(tag, end, 0);
  }

  private void skipField(int tag, int end, int depth) throws MalformedOtlpException {
    switch (tag & 7) {
      case 0 -> readVarint(end);
      case 1 -> skip(8, end);
      case 2 -> position = readEnd(end);
      case 5 -> skip(4, end);
      default -> skipGroup(end, depth + 1);
    }
  }

  private void skipGroup(int end, int depth) throws MalformedOtlpException {
    if (depth > MAX_GROUP_DEPTH) {
      throw malformed("group depth", depth, "at most " + MAX_GROUP_DEPTH, position);
    }
    while (true) {
      int start = position;
      int tag = (int) readVarint(end);
      if ((tag & 7) == 4) {
        return;
      }
      if (tag >>> 3 == 0 || (tag & 7) > 5) {
        throw malformed("tag", tag, "a field of a group", start);
      }
      skipField(tag, end, depth);
    }
  }

  /// Steps over `count` bytes.
  public void skip(int count, int end) throws MalformedOtlpException {
    if (count > end - position) {
      throw malformed("fixed value", end - position, count + " bytes", position);
    }
    position += count;
  }

  static MalformedOtlpException malformed(String what, long value, String expected, int offset) {
    return new MalformedOtlpException(
        what + ": " + value + " (expected: " + expected + ") at byte " + offset);
  }
}
