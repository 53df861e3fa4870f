package io.vivace.distributor.forwarder.ottl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Operators between two values. Values of different kinds are unequal and in no order, except for
/// whole and broken numbers; two nils are equal. Source of the rules: collector-contrib
/// `pkg/ottl/compare.go`.
enum Comparison {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  static @Nullable Comparison of(String sign) {
    for (Comparison comparison : values()) {
      if (comparison.sign.equals(sign)) {
        return comparison;
      }
    }
    return null;
  }

  boolean test(@Nullable Object left, @Nullable Object right) {
    if (left == null && right == null) {
      return ordered(0);
    }
    return switch (left) {
      case Long a when right instanceof Long b -> ordered(Long.compare(a, b));
      case Number a when right instanceof Number b -> numbers(a.doubleValue(), b.doubleValue());
      case String a when right instanceof String b -> ordered(bytewise(a, b));
      case Boolean a when right instanceof Boolean b -> ordered(Boolean.compare(a, b));
      case null, default -> left != null && left.equals(right) ? ordered(0) : this == NOT_EQUAL;
    };
  }

  /// IEEE rules: nothing is equal to, below or above what is not a number.
  private boolean numbers(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b)
        ? this == NOT_EQUAL
        : ordered(a < b ? -1 : a > b ? 1 : 0);
  }

  /// The order of UTF-8 bytes is that of code points.
  private static int bytewise(String a, String b) {
    return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private boolean ordered(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
