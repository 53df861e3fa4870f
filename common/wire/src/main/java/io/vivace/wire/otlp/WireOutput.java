package io.vivace.wire.otlp;

/// Writes length-delimited fields into an array whose size is known before.
final class WireOutput {
  private final byte[] bytes;
  private int position;

  WireOutput(int size) {
    bytes = new byte[size];
  }

  void header(int field, int length) {
    bytes[position++] = (byte) (field << 3 | 2);
    int rest = length;
    while (rest >= 0x80) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  void copy(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
  }

  byte[] bytes() {
    if (position != bytes.length) {
      throw new IllegalStateException("written: " + position + " (expected: " + bytes.length + ")");
    }
    return bytes;
  }

  static int varintLength(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }
}
