package io.vivace.block.parquet;

import java.nio.charset.StandardCharsets;

/// Writes thrift's compact protocol, as far as Parquet uses it. Booleans in lists are 1 and 0:
/// Tempo 2.9 takes the 2 of Apache's library for true.
final class ThriftWriter {
  private final Output out;
  private int last;

  ThriftWriter(Output out) {
    this.out = out;
  }

  /// Begins a struct; give the result to [#end].
  int begin() {
    int outer = last;
    last = 0;
    return outer;
  }

  void end(int outer) {
    out.put(ThriftReader.STOP);
    last = outer;
  }

  private void field(int id, int type) {
    int delta = id - last;
    if (delta > 0 && delta <= 15) {
      out.put(delta << 4 | type);
    } else {
      out.put(type);
      out.zigzag(id);
    }
    last = id;
  }

  void i16(int id, int value) {
    field(id, ThriftReader.I16);
    out.zigzag(value);
  }

  void i8(int id, int value) {
    field(id, 3);
    out.put(value);
  }

  void i32(int id, int value) {
    field(id, ThriftReader.I32);
    out.zigzag(value);
  }

  void i64(int id, long value) {
    field(id, ThriftReader.I64);
    out.zigzag(value);
  }

  void bool(int id, boolean value) {
    field(id, value ? ThriftReader.TRUE : ThriftReader.FALSE);
  }

  void binary(int id, byte[] value) {
    field(id, ThriftReader.BINARY);
    binaryElement(value);
  }

  void text(int id, String value) {
    binary(id, value.getBytes(StandardCharsets.UTF_8));
  }

  int struct(int id) {
    field(id, ThriftReader.STRUCT);
    return begin();
  }

  void list(int id, int elementType, int size) {
    field(id, ThriftReader.LIST);
    if (size < 15) {
      out.put(size << 4 | elementType);
    } else {
      out.put(0xf0 | elementType);
      out.varint(size);
    }
  }

  void binaryElement(byte[] value) {
    out.varint(value.length);
    out.put(value, 0, value.length);
  }

  void textElement(String value) {
    binaryElement(value.getBytes(StandardCharsets.UTF_8));
  }

  void numberElement(long value) {
    out.zigzag(value);
  }

  void boolElement(boolean value) {
    out.put(value ? 1 : 0);
  }
}
