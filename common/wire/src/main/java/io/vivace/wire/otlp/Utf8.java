package io.vivace.wire.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes UTF-8, and tells well-formed UTF-8, eight bytes at a time as long as they are ASCII.
public final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /// Writes the characters `from` to `to` of `text` into `target`, where three bytes a character
  /// have to be free. Half a surrogate pair becomes `?`.
  ///
  /// @return the end of what was written
  public static int encode(CharSequence text, int from, int to, byte[] target, int start) {
    int at = start;
    for (int index = from; index < to; index++) {
      char next = text.charAt(index);
      if (next < 0x80) {
        target[at++] = (byte) next;
      } else if (next < 0x800) {
        target[at++] = (byte) (0xc0 | next >> 6);
        target[at++] = (byte) (0x80 | next & 0x3f);
      } else if (!Character.isSurrogate(next)) {
        target[at++] = (byte) (0xe0 | next >> 12);
        target[at++] = (byte) (0x80 | next >> 6 & 0x3f);
        target[at++] = (byte) (0x80 | next & 0x3f);
      } else if (Character.isHighSurrogate(next)
          && index + 1 < to
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        int codePoint = Character.toCodePoint(next, text.charAt(++index));
        target[at++] = (byte) (0xf0 | codePoint >> 18);
        target[at++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        target[at++] = (byte) (0x80 | codePoint & 0x3f);
      } else {
        target[at++] = '?';
      }
    }
    return at;
  }

  static boolean isValid(byte[] bytes, int from, int to) {
    int i = from;
    while (i + 8 <= to && ((long) LONG.get(bytes, i) & HIGH_BITS) == 0) {
      i += 8;
    }
    while (i < to) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int length = sequenceLength(bytes, i, to);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /// The length of the multi-byte sequence at `i`, 0 when it is none (Unicode 15, table 3-7).
  private static int sequenceLength(byte[] bytes, int i, int to) {
    int lead = bytes[i] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + length > to) {
      return 0;
    }
    int second = bytes[i + 1] & 0xff;
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int j = i + 2; j < i + length; j++) {
      if ((bytes[j] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
