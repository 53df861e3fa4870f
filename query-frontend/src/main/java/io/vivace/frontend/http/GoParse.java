package io.vivace.frontend.http;

import io.grpc.Status;
import io.vivace.frontend.queue.QueryException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses numbers, durations and times with the errors of Go's standard library, which clients of
/// Tempo see in responses.
final class GoParse {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
  private static final Pattern DURATION_PART = Pattern.compile("(\\d*)(?:\\.(\\d*))?([^\\d.]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoParse() {}

  static QueryException bad(String message) {
    return new QueryException(Status.Code.INVALID_ARGUMENT, message);
  }

  /// A signed number of `bits` bits.
  ///
  /// @param function the name of Go's function in the error text
  static long integer(String parameter, String text, int bits, String function) {
    String prefix = "invalid " + parameter + ": strconv." + function + ": parsing " + quoted(text);
    if (!NUMBER.matcher(text).matches()) {
      throw bad(prefix + ": invalid syntax");
    }
    BigInteger value = new BigInteger(text.length() > 100 ? text.substring(0, 100) : text);
    if (value.bitLength() >= bits) {
      throw bad(prefix + ": value out of range");
    }
    return value.longValue();
  }

  /// A duration such as `1h30m` or `1.5s`.
  static Duration duration(String parameter, String text) {
    String prefix = "invalid " + parameter + ": time: ";
    String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty()) {
      throw bad(prefix + "invalid duration " + quoted(text));
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = DURATION_PART.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      part.find(at);
      String fraction = part.group(2) == null ? "" : part.group(2);
      if (part.start() != at || part.group(1).isEmpty() && fraction.isEmpty()) {
        throw bad(prefix + "invalid duration " + quoted(text));
      }
      if (part.group(3).isEmpty()) {
        throw bad(prefix + "missing unit in duration " + quoted(text));
      }
      Long unit = UNITS.get(part.group(3));
      if (unit == null) {
        throw bad(
            prefix + "unknown unit " + quoted(part.group(3)) + " in duration " + quoted(text));
      }
      String number = (part.group(1).isEmpty() ? "0" : part.group(1)) + "." + fraction + "0";
      nanos = nanos.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)));
      at = part.end();
    }
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw bad(prefix + "invalid duration " + quoted(text));
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return text.startsWith("-") ? duration.negated() : duration;
  }

  /// Checks a time in RFC 3339.
  static void time(String parameter, String text) {
    try {
      OffsetDateTime _ = OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw bad(
          "invalid "
              + parameter
              + ": parsing time "
              + quoted(text)
              + " as \"2006-01-02T15:04:05Z07:00\": cannot parse "
              + quoted(text)
              + " as \"2006\"");
    }
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
