package io.vivace.traceql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;

/// Parses durations: Prometheus' form, then Go's (traceql.md §2.1).
final class Durations {
  private record Unit(String name, long nanoseconds) {}

  private static final long HOUR = 3_600_000_000_000L;

  /// From big to small; each at most once, in this order.
  private static final List<Unit> PROMETHEUS =
      List.of(
          new Unit("y", 365 * 24 * HOUR),
          new Unit("w", 7 * 24 * HOUR),
          new Unit("d", 24 * HOUR),
          new Unit("h", HOUR),
          new Unit("m", HOUR / 60),
          new Unit("s", HOUR / 3600),
          new Unit("ms", 1_000_000));

  private static final List<Unit> GO =
      List.of(
          new Unit("ns", 1),
          new Unit("us", 1_000),
          new Unit("µs", 1_000),
          new Unit("ms", 1_000_000),
          new Unit("s", HOUR / 3600),
          new Unit("m", HOUR / 60),
          new Unit("h", HOUR));

  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /// Nanoseconds, or nothing when the text is no duration or one beyond 64 bits.
  static OptionalLong parse(String text) {
    OptionalLong prometheus = prometheus(text);
    return prometheus.isPresent() ? prometheus : go(text);
  }

  private static OptionalLong prometheus(String text) {
    int at = 0;
    int nextUnit = 0;
    BigInteger sum = BigInteger.ZERO;
    while (at < text.length()) {
      int end = digits(text, at);
      if (end == at) {
        return OptionalLong.empty();
      }
      int unit = nextUnit;
      String name = unitName(text, end);
      while (unit < PROMETHEUS.size() && !PROMETHEUS.get(unit).name().equals(name)) {
        unit++;
      }
      if (unit == PROMETHEUS.size()) {
        return OptionalLong.empty();
      }
      sum =
          sum.add(
              new BigInteger(text.substring(at, end))
                  .multiply(BigInteger.valueOf(PROMETHEUS.get(unit).nanoseconds())));
      nextUnit = unit + 1;
      at = end + name.length();
    }
    return inRange(new BigDecimal(sum));
  }

  private static OptionalLong go(String text) {
    int at = 0;
    BigDecimal sum = BigDecimal.ZERO;
    while (at < text.length()) {
      int end = digits(text, at);
      int fraction = end;
      if (end < text.length() && text.charAt(end) == '.') {
        fraction = digits(text, end + 1);
      }
      if (end == at && fraction <= end + 1) {
        return OptionalLong.empty();
      }
      String name = unitName(text, fraction);
      Unit unit = GO.stream().filter(known -> known.name().equals(name)).findFirst().orElse(null);
      if (unit == null) {
        return OptionalLong.empty();
      }
      BigDecimal number = new BigDecimal("0" + text.substring(at, fraction) + "0");
      if (fraction == end) {
        number = new BigDecimal(text.substring(at, end));
      }
      sum =
          sum.add(
              new BigDecimal(
                  number.multiply(BigDecimal.valueOf(unit.nanoseconds())).toBigInteger()));
      at = fraction + name.length();
    }
    return inRange(sum);
  }

  private static OptionalLong inRange(BigDecimal nanoseconds) {
    return nanoseconds.compareTo(MAX) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(nanoseconds.longValue());
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static String unitName(String text, int from) {
    int end = from;
    while (end < text.length()
        && text.charAt(end) != '.'
        && (text.charAt(end) < '0' || text.charAt(end) > '9')) {
      end++;
    }
    return text.substring(from, end);
  }
}
