package io.vivace.traceql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/// Names of statuses and kinds, and the printed form of values (traceql.md §2.2).
final class Literals {
  /// By OTLP number.
  static final List<String> STATUSES = List.of("unset", "ok", "error");

  /// By OTLP number.
  static final List<String> KINDS =
      List.of("unspecified", "internal", "server", "client", "producer", "consumer");

  private static final long SECOND = 1_000_000_000L;

  private Literals() {}

  static String print(Value value) {
    return switch (value.type()) {
      case NIL, UNKNOWN -> "nil";
      case STRING -> "`" + value.text() + "`";
      case INT -> Long.toString(value.bits());
      case FLOAT -> printFloat(value.asDouble());
      case BOOLEAN -> value.bits() == 1 ? "true" : "false";
      case DURATION -> printDuration(value.bits());
      case STATUS -> nameOf(STATUSES, value.bits(), "status");
      case KIND -> nameOf(KINDS, value.bits(), "kind");
      case ARRAY ->
          value.elements().stream()
              .map(Value::toString)
              .collect(Collectors.joining(", ", "[", "]"));
    };
  }

  private static String nameOf(List<String> names, long code, String what) {
    return code >= 0 && code < names.size() ? names.get((int) code) : what + "(" + code + ")";
  }

  /// Shortest digits that read back, with an exponent below 10⁻⁴ and from 10⁶; `.0` where neither a
  /// point nor an exponent is.
  static String printFloat(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    String sign = number < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 6) {
      return sign + scientific(digits, exponent);
    }
    String plain = decimal.toPlainString();
    return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power = Integer.toString(Math.abs(exponent));
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + (power.length() < 2 ? "0" : "") + power;
  }

  /// `1h30m0s`, `250µs`, `1.5s`, `0s`: Go's form.
  static String printDuration(long nanoseconds) {
    if (nanoseconds == 0) {
      return "0s";
    }
    String sign = nanoseconds < 0 ? "-" : "";
    BigDecimal value = new BigDecimal(nanoseconds).abs();
    if (value.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
      return sign + printBelowSecond(value.longValue());
    }
    BigInteger[] parts = value.toBigInteger().divideAndRemainder(BigInteger.valueOf(60 * SECOND));
    long minutes = parts[0].longValue();
    BigDecimal seconds = new BigDecimal(parts[1]).movePointLeft(9).stripTrailingZeros();
    String text = (seconds.signum() == 0 ? "0" : seconds.toPlainString()) + "s";
    if (minutes == 0) {
      return sign + text;
    }
    text = minutes % 60 + "m" + text;
    return sign + (minutes >= 60 ? minutes / 60 + "h" + text : text);
  }

  private static String printBelowSecond(long nanoseconds) {
    if (nanoseconds < 1_000) {
      return nanoseconds + "ns";
    }
    boolean micro = nanoseconds < 1_000_000;
    return new BigDecimal(nanoseconds)
            .movePointLeft(micro ? 3 : 6)
            .stripTrailingZeros()
            .toPlainString()
        + (micro ? "µs" : "ms");
  }
}
