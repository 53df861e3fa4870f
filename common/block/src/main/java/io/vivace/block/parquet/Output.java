package io.vivace.block.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array of bytes.
final class Output {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes;
  int length;

  Output(int capacity) {
    bytes = new byte[capacity];
  }

  void clear() {
    length = 0;
  }

  /// Makes room for `more` bytes and eight of slack.
  void reserve(int more) {
    long needed = (long) length + more + 8;
    if (needed > bytes.length) {
      long grown = Math.max(needed, bytes.length + (bytes.length >> 1) + 64L);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(grown, Integer.MAX_VALUE - 16)));
    }
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void putInt(int value) {
    reserve(4);
    INT.set(bytes, length, value);
    length += 4;
  }

  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  void putLong(long value) {
    reserve(8);
    LONG.set(bytes, length, value);
    length += 8;
  }

  /// The low `count` bytes of `value`; room for eight must be there.
  void putLow(long value, int count) {
    LONG.set(bytes, length, value);
    length += count;
  }

  void put(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void varint(long value) {
    reserve(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
  }

  void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
