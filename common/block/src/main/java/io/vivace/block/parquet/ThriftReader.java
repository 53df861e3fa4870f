package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;

import java.nio.charset.StandardCharsets;

/// Cursor over thrift's compact protocol, as far as Parquet uses it. Never allocates more than the
/// bytes that are there can hold.
final class ThriftReader {
  static final int STOP = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int I16 = 4;
  static final int I32 = 5;
  static final int I64 = 6;
  static final int DOUBLE = 7;
  static final int BINARY = 8;
  static final int LIST = 9;
  static final int SET = 10;
  static final int MAP = 11;
  static final int STRUCT = 12;
  private static final int MAX_DEPTH = 24;

  private final byte[] bytes;
  private final int end;
  private int position;

  /// Id of the field that [#nextField] found.
  private int field;

  ThriftReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  int position() {
    return position;
  }

  int field() {
    return field;
  }

  /// Begins a struct: ids of its fields count from 0. Returns what to give [#endStruct].
  int beginStruct() {
    int outer = field;
    field = 0;
    return outer;
  }

  void endStruct(int outer) {
    field = outer;
  }

  /// Type of the next field, [#STOP] at the end of the struct.
  int nextField() {
    int header = unsignedByte();
    int type = header & 15;
    if (header == STOP) {
      return STOP;
    }
    int delta = header >>> 4;
    field = delta == 0 ? (int) zigzag() : field + delta;
    return type;
  }

  /// Header of a list: its size; every element takes at least one byte.
  int listSize(int elementType) {
    int header = unsignedByte();
    int size = header >>> 4;
    long count = size == 15 ? varint() : size;
    check(count >= 0 && count <= end - position, "list size", count, "no more than bytes left");
    int type = header & 15;
    boolean same = type == elementType || isBoolean(type) && isBoolean(elementType);
    check(count == 0 || same, "list element type", type, "type " + elementType);
    return (int) count;
  }

  private static boolean isBoolean(int type) {
    return type == TRUE || type == FALSE;
  }

  int unsignedByte() {
    check(position < end, "thrift data", position, "more bytes");
    return bytes[position++] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = unsignedByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedDataException("varint: longer than 10 bytes (expected: 64 bits)");
  }

  long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  int i32() {
    long value = zigzag();
    check(value == (int) value, "thrift i32", value, "32 bits");
    return (int) value;
  }

  byte[] binary() {
    long length = varint();
    check(length >= 0 && length <= end - position, "binary length", length, "within the data");
    byte[] value = new byte[(int) length];
    System.arraycopy(bytes, position, value, 0, value.length);
    position += value.length;
    return value;
  }

  String text() {
    return new String(binary(), StandardCharsets.UTF_8);
  }

  void skip(int type) {
    skip(type, 0);
  }

  private void skip(int type, int depth) {
    check(depth < MAX_DEPTH, "thrift nesting", depth, "less than " + MAX_DEPTH);
    switch (type) {
      case TRUE, FALSE -> {}
      case 3 -> skipBytes(1);
      case I16, I32, I64 -> varint();
      case DOUBLE -> skipBytes(8);
      case BINARY -> skipBytes(varint());
      case LIST, SET -> skipList(depth);
      case MAP -> skipMap(depth);
      case STRUCT -> skipStruct(depth);
      default -> throw new MalformedDataException("thrift type: " + type + " (expected: 1 to 12)");
    }
  }

  private void skipStruct(int depth) {
    int outer = beginStruct();
    for (int type = nextField(); type != STOP; type = nextField()) {
      skip(type, depth + 1);
    }
    endStruct(outer);
  }

  private void skipList(int depth) {
    int header = bytes[Math.min(position, end - 1)];
    int type = header & 15;
    int size = listSize(type);
    for (int i = 0; i < size; i++) {
      skipElement(type, depth);
    }
  }

  private void skipMap(int depth) {
    long size = varint();
    check(size >= 0 && size <= end - position, "map size", size, "no more than bytes left");
    int types = size == 0 ? 0 : unsignedByte();
    for (int i = 0; i < size; i++) {
      skipElement(types >>> 4, depth);
      skipElement(types & 15, depth);
    }
  }

  /// A boolean inside a container takes a byte, other than in a field.
  private void skipElement(int type, int depth) {
    if (isBoolean(type)) {
      skipBytes(1);
    } else {
      skip(type, depth + 1);
    }
  }

  private void skipBytes(long count) {
    check(count >= 0 && count <= end - position, "thrift length", count, "within the data");
    position += (int) count;
  }
}
