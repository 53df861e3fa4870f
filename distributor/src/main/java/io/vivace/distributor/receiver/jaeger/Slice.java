package io.vivace.distributor.receiver.jaeger;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Some bytes of an array, mostly of the message that is being read; used again for the next ones.
final class Slice {
  private static final byte[] NOTHING = {};

  byte[] source = NOTHING;
  int offset;
  int length;

  void clear() {
    set(NOTHING, 0, 0);
  }

  void set(byte[] bytes, int from, int count) {
    source = bytes;
    offset = from;
    length = count;
  }

  /// The rest of a buffer on the heap.
  void set(ByteBuffer buffer) {
    set(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
  }

  boolean isEmpty() {
    return length == 0;
  }

  boolean is(byte[] text) {
    return Arrays.equals(source, offset, offset + length, text, 0, text.length);
  }

  byte[] copy() {
    return Arrays.copyOfRange(source, offset, offset + length);
  }
}
