package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.MalformedOtlpException;

/// Reads ids in hex from an arena.
final class HexIds {
  private static final int DIGITS = 16;

  private HexIds() {}

  /// The part of an id above its last sixteen digits, 0 when it has no more.
  static long high(TextArena arena, String what, long text) throws MalformedOtlpException {
    int length = TextArena.length(text);
    return length <= DIGITS ? 0 : parse(arena, what, TextArena.start(text), length - DIGITS);
  }

  /// The last sixteen digits of an id.
  static long low(TextArena arena, String what, long text) throws MalformedOtlpException {
    int length = TextArena.length(text);
    int digits = Math.min(length, DIGITS);
    return parse(arena, what, TextArena.start(text) + length - digits, digits);
  }

  private static long parse(TextArena arena, String what, int start, int length)
      throws MalformedOtlpException {
    byte[] bytes = arena.bytes();
    long value = 0;
    for (int i = start; i < start + length; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0 || value >>> 60 != 0) {
        throw malformed(arena, what, TextArena.text(start, length));
      }
      value = value << 4 | digit;
    }
    if (length == 0) {
      throw malformed(arena, what, TextArena.NONE);
    }
    return value;
  }

  static MalformedOtlpException malformed(TextArena arena, String what, long text) {
    long shown = TextArena.text(TextArena.start(text), Math.min(64, TextArena.length(text)));
    return new MalformedOtlpException(
        what + ": '" + arena.string(shown) + "' (expected: hex digits of an id)");
  }
}
