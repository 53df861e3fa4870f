package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.OtlpWriter;
import io.vivace.wire.otlp.Utf8;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The texts of one span in UTF-8, one behind the other in an array that is used again for the next
/// span. A text is one number: its start in the upper 32 bits, its length in the lower ones; a text
/// that is not there is [#NONE], whose length is 0.
final class TextArena {
  static final long NONE = 0;

  private byte[] bytes = new byte[1024];
  private int size;

  static int start(long text) {
    return (int) (text >>> 32);
  }

  static int length(long text) {
    return (int) text;
  }

  byte[] bytes() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  /// Adds text that is UTF-8 already.
  long add(byte[] source, int from, int length) {
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    return close(size, size + length);
  }

  long add(ByteBuffer source) {
    int length = source.remaining();
    ensure(length);
    source.get(bytes, size, length);
    return close(size, size + length);
  }

  /// Adds characters; half a surrogate pair becomes `?`.
  long add(char[] source, int from, int length) {
    ensure(3L * length);
    int to = from + length;
    int at = size;
    int index = from;
    while (index < to && source[index] < 0x80) {
      bytes[at++] = (byte) source[index++];
    }
    if (index < to) {
      at = Utf8.encode(CharBuffer.wrap(source), index, to, bytes, at);
    }
    return close(size, at);
  }

  long add(String source) {
    ensure(3L * source.length());
    return close(size, Utf8.encode(source, 0, source.length(), bytes, size));
  }

  /// Adds an IPv4 address in dotted form.
  long addIpv4(int address) {
    ensure(15);
    int at = size;
    for (int shift = 24; shift >= 0; shift -= 8) {
      int octet = address >>> shift & 0xff;
      if (octet >= 100) {
        bytes[at++] = (byte) ('0' + octet / 100);
      }
      if (octet >= 10) {
        bytes[at++] = (byte) ('0' + octet / 10 % 10);
      }
      bytes[at++] = (byte) ('0' + octet % 10);
      if (shift > 0) {
        bytes[at++] = '.';
      }
    }
    return close(size, at);
  }

  /// Adds what was written, which is no text.
  void add(OtlpWriter message) {
    ensure(message.position());
    size += message.copyTo(bytes, size);
  }

  /// Adds the four bytes of a number.
  void addInt(int value) {
    ensure(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /// Adds a copy of a text of this arena.
  void addCopy(long text) {
    ensure(length(text));
    System.arraycopy(bytes, start(text), bytes, size, length(text));
    size += length(text);
  }

  /// Where the next text begins.
  int size() {
    return size;
  }

  boolean equal(long one, long other) {
    return Arrays.equals(
        bytes,
        start(one),
        start(one) + length(one),
        bytes,
        start(other),
        start(other) + length(other));
  }

  boolean equal(long text, byte[] other) {
    return Arrays.equals(bytes, start(text), start(text) + length(text), other, 0, other.length);
  }

  /// Where in the arena `sought` is first in a text, -1 when it is not in it.
  int indexOf(long text, char sought) {
    int end = start(text) + length(text);
    for (int i = start(text); i < end; i++) {
      if (bytes[i] == sought) {
        return i;
      }
    }
    return -1;
  }

  String string(long text) {
    return new String(bytes, start(text), length(text), StandardCharsets.UTF_8);
  }

  static long text(int start, int length) {
    return (long) start << 32 | length;
  }

  private long close(int start, int end) {
    size = end;
    return text(start, end - start);
  }

  private void ensure(long count) {
    long needed = size + count;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException("texts: " + needed + " bytes (expected: below 2 GiB)");
      }
      int grown = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, grown);
    }
  }
}
