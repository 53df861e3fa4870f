package io.vivace.distributor.receiver.zipkin;

import java.nio.ByteBuffer;
import java.util.Base64;

/// The value of a binary annotation in Thrift: bytes, and a number that says what they are
/// (`zipkinCore.thrift`, `AnnotationType`).
final class ThriftValue {
  private static final int BOOL = 0;
  private static final int BYTES = 1;
  private static final int I16 = 2;
  private static final int I32 = 3;
  private static final int I64 = 4;
  private static final int DOUBLE = 5;
  private static final int STRING = 6;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final V1Span span;
  private ByteBuffer bytes = EMPTY;
  private byte type;
  private long value;

  ThriftValue(V1Span span) {
    this.span = span;
  }

  void clear() {
    bytes = EMPTY;
  }

  void set(ByteBuffer content) {
    bytes = content;
  }

  /// Gives the annotation to the span.
  void take(long key, int annotationType) {
    switch (annotationType) {
      case BOOL ->
          set(TagList.BOOL, bytes.remaining() == 1 && bytes.get(bytes.position()) == 1 ? 1 : 0);
      case BYTES -> set(TagList.STRING, base64());
      case I16 -> number(Short.BYTES, TagList.INT);
      case I32 -> number(Integer.BYTES, TagList.INT);
      case I64 -> number(Long.BYTES, TagList.INT);
      case DOUBLE -> number(Long.BYTES, TagList.DOUBLE);
      case STRING -> set(TagList.STRING, span.arena.add(bytes));
      default ->
          set(
              TagList.STRING,
              span.arena.add(
                  "<unknown zipkin v1 binary annotation type (" + annotationType + ")>"));
    }
    span.binaryAnnotation(key, type, value);
  }

  /// Whether the annotation that was taken last names the other side.
  boolean isAddress(long key) {
    return span.isAddress(key, type, value);
  }

  private void set(byte newType, long newValue) {
    type = newType;
    value = newValue;
  }

  /// Reads a number, big endian; short ones are taken for unsigned, as Tempo does.
  private void number(int length, byte newType) {
    if (bytes.remaining() < length) {
      set(TagList.STRING, span.arena.add("<not enough bytes representing the number>"));
      return;
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | bytes.get(bytes.position() + i) & 0xff;
    }
    set(newType, number);
  }

  private long base64() {
    ByteBuffer text = Base64.getEncoder().encode(bytes);
    return span.arena.add(text);
  }
}
