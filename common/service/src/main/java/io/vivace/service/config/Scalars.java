package io.vivace.service.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Scalars of the configuration file: how a text becomes a value of a type, and the zero of each
/// type.
final class Scalars {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,15}");

  private Scalars() {}

  /// `scalar` as a `type`, or null when it is not one.
  static @Nullable Object parse(Class<?> type, Tree.Scalar scalar) {
    if (type == String.class) {
      return scalar.text();
    }
    if (type == Secret.class) {
      return new Secret(scalar.text());
    }
    if (type == Duration.class) {
      return GoDuration.parse(scalar.text()).orElse(null);
    }
    if (!scalar.plain()) {
      return null;
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(scalar.text());
    }
    BigDecimal number = number(scalar.text());
    if (number == null) {
      return null;
    }
    if (type == double.class || type == Double.class) {
      return number.doubleValue();
    }
    return integer(type, number);
  }

  /// What a value of `type` looks like, for error texts.
  static String expected(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as 30s or 1h30m";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == long.class) {
      return "an integer";
    }
    return type == double.class ? "a number" : "a text";
  }

  /// The value of a key that nobody set and that has no default; null for types without one.
  static @Nullable Object zero(Class<?> type) {
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == double.class) {
      return 0.0;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == String.class) {
      return "";
    }
    if (type == Secret.class) {
      return new Secret("");
    }
    return type == Duration.class ? Duration.ZERO : null;
  }

  static @Nullable Boolean truth(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> true;
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> false;
      default -> null;
    };
  }

  static @Nullable BigDecimal number(String text) {
    if (HEXADECIMAL.matcher(text).matches()) {
      return BigDecimal.valueOf(Long.parseLong(text.substring(2), 16));
    }
    if (text.length() > 40 || !NUMBER.matcher(text).matches()) {
      return null;
    }
    return new BigDecimal(text.replace("_", ""));
  }

  /// Helm writes large integers as `1.048576e+08`: a whole number in any notation is an integer.
  static @Nullable Object integer(Class<?> type, BigDecimal number) {
    try {
      return type == int.class ? (Object) number.intValueExact() : (Object) number.longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
