package io.vivace.traceql;

import java.util.Locale;

/// Trace and span ids as literals: hex of any case and padding means a number (traceql.md §7.3).
final class Ids {
  private Ids() {}

  /// The literal as ids are printed when it is hex and the attribute an id, else unchanged.
  static Value normalized(AttributeReference reference, Operator operator, Value literal) {
    if (operator.isRegex() || literal.type() != ValueType.STRING) {
      return literal;
    }
    boolean trace = reference == Intrinsic.TRACE_ID || reference == Intrinsic.LINK_TRACE_ID;
    boolean span =
        reference == Intrinsic.SPAN_ID
            || reference == Intrinsic.SPAN_PARENT_ID
            || reference == Intrinsic.LINK_SPAN_ID;
    String text = literal.text();
    if (!(trace && isHex(text, 32) || span && isHex(text, 16))) {
      return literal;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (span) {
      return Value.ofString("0".repeat(16 - lower.length()) + lower);
    }
    int start = 0;
    while (start < lower.length() - 1 && lower.charAt(start) == '0') {
      start++;
    }
    return Value.ofString(lower.substring(start));
  }

  private static boolean isHex(String text, int digits) {
    return !text.isEmpty()
        && text.length() <= digits
        && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }
}
