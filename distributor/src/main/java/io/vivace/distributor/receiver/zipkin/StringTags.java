package io.vivace.distributor.receiver.zipkin;

/// Gives texts the type that they look like (`parse_string_tags`): whole numbers, numbers with a
/// fraction, true and false.
final class StringTags {
  private StringTags() {}

  /// The type of a text ([TagList#STRING] for one that looks like nothing else).
  static byte type(TextArena arena, long text) {
    byte[] bytes = arena.bytes();
    int start = TextArena.start(text);
    int end = start + TextArena.length(text);
    if (isWord(bytes, start, end, "true") || isWord(bytes, start, end, "false")) {
      return TagList.BOOL;
    }
    int at = start < end && bytes[start] == '-' ? start + 1 : start;
    int whole = digits(bytes, at, end);
    if (whole == at) {
      return TagList.STRING;
    }
    if (whole == end) {
      return TagList.INT;
    }
    boolean fraction =
        bytes[whole] == '.' && whole + 1 < end && digits(bytes, whole + 1, end) == end;
    return fraction ? TagList.DOUBLE : TagList.STRING;
  }

  /// The value of a text of `type`; whole numbers that are too large become the largest one.
  static long value(TextArena arena, long text, byte type) {
    return switch (type) {
      case TagList.INT -> saturated(arena, text);
      case TagList.DOUBLE -> Double.doubleToRawLongBits(Double.parseDouble(arena.string(text)));
      case TagList.BOOL -> TextArena.length(text) == 4 ? 1 : 0;
      default -> text;
    };
  }

  private static long saturated(TextArena arena, long text) {
    byte[] bytes = arena.bytes();
    int start = TextArena.start(text);
    int end = start + TextArena.length(text);
    boolean negative = bytes[start] == '-';
    long value = 0;
    // counted downwards: the smallest number has no positive counterpart
    for (int i = negative ? start + 1 : start; i < end; i++) {
      int digit = bytes[i] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      value = 10 * value - digit;
    }
    return negative ? value : value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
  }

  private static int digits(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isWord(byte[] bytes, int start, int end, String word) {
    if (end - start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
