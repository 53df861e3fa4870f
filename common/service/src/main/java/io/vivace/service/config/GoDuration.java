package io.vivace.service.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them: `1h30m`, `1.5h`, `250ms`, `0`, `-5s`.
public final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d|w)");
  private static final int LONGEST = 64;

  private GoDuration() {}

  /// The duration, or empty when `text` is not one or does not fit into 64 bits of nanoseconds.
  /// Days (`d`) and weeks (`w`) are accepted as Prometheus' durations accept them.
  public static Optional<Duration> parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (rest.isEmpty() || rest.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = PART.matcher(rest);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return Optional.empty();
      }
      nanos =
          nanos.add(
              new BigDecimal(matcher.group(1))
                  .multiply(BigDecimal.valueOf(unit(matcher.group(2)))));
      at = matcher.end();
    }
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return Optional.empty();
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return Optional.of(negative ? duration.negated() : duration);
  }

  /// The text that Go prints for `duration`: `1h30m0s`, `250ms`, `0s`.
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    long size = Math.abs(nanos);
    if (size < 1_000) {
      return sign + size + "ns";
    }
    if (size < 1_000_000) {
      return sign + decimal(size, 3) + "µs";
    }
    if (size < 1_000_000_000) {
      return sign + decimal(size, 6) + "ms";
    }
    long minutes = size / 60_000_000_000L;
    String seconds = decimal(size % 60_000_000_000L, 9) + "s";
    if (minutes == 0) {
      return sign + seconds;
    }
    long hours = minutes / 60;
    return sign + (hours == 0 ? "" : hours + "h") + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long nanos, int scale) {
    return BigDecimal.valueOf(nanos, scale).stripTrailingZeros().toPlainString();
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1L;
      case "us", "µs", "μs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      case "w" -> 604_800_000_000_000L;
      default -> throw new IllegalArgumentException("unit: " + name);
    };
  }
}
