package io.vivace.traceql;

import org.jspecify.annotations.Nullable;

/// What binary operations give on values (traceql.md §6.1), with the differences D2, D5, D8, D12
/// and D13 of §0: numbers compare across types, `!=` and `!~` on an array mean "no element", `^` is
/// a power, and what cannot be computed is missing.
final class Operations {
  private Operations() {}

  /// The value of `left operator right`; [Value#NIL] when arithmetic cannot be done.
  static Value apply(Operator operator, Value left, Value right) {
    if (operator.isArithmetic()) {
      return arithmetic(operator, left, right);
    }
    return Value.ofBoolean(test(operator, left, right, null));
  }

  static Value negate(Value value) {
    return switch (value.type()) {
      case INT -> Value.ofInt(-value.bits());
      case DURATION -> Value.ofDuration(-value.bits());
      case FLOAT -> Value.ofFloat(-value.asDouble());
      case NIL, STRING, BOOLEAN, STATUS, KIND, ARRAY, UNKNOWN -> Value.NIL;
    };
  }

  /// Whether a comparison, `&&` or `||` is true.
  ///
  /// @param regex the compiled right side of a regular expression when it is a literal
  static boolean test(Operator operator, Value left, Value right, @Nullable TextMatcher regex) {
    if (left.type() == ValueType.ARRAY) {
      return testArray(operator, left, right, regex);
    }
    if (right.type() == ValueType.ARRAY) {
      return operator.isRegex()
          ? testRightArray(operator, left, right)
          : testArray(operator.mirrored(), right, left, null);
    }
    if (left.type() == ValueType.STRING && right.type() == ValueType.STRING) {
      return testStrings(operator, left.text(), right.text(), regex);
    }
    return testBits(operator, left.type(), left.bits(), right.type(), right.bits());
  }

  private static boolean testArray(
      Operator operator, Value array, Value other, @Nullable TextMatcher regex) {
    boolean negative = operator == Operator.NOT_EQUAL || operator == Operator.NOT_REGEX;
    boolean comparable = false;
    for (Value element : array.elements()) {
      if (other.type() != ValueType.ARRAY && !canCompare(operator, element.type(), other.type())) {
        continue;
      }
      comparable = true;
      if (test(operator, element, other, regex) != negative) {
        return !negative;
      }
    }
    return negative && comparable;
  }

  private static boolean testRightArray(Operator operator, Value left, Value array) {
    boolean negative = operator == Operator.NOT_REGEX;
    for (Value element : array.elements()) {
      if (test(operator, left, element, null) != negative) {
        return !negative;
      }
    }
    return negative && !array.elements().isEmpty();
  }

  /// Whether values of the two types can satisfy the operator at all.
  static boolean canCompare(Operator operator, ValueType left, ValueType right) {
    return left != ValueType.NIL
        && right != ValueType.NIL
        && (left == right || left.isNumeric() && right.isNumeric())
        && FieldTypes.allows(left, operator)
        && FieldTypes.allows(right, operator);
  }

  static boolean testStrings(
      Operator operator, String left, String right, @Nullable TextMatcher regex) {
    return switch (operator) {
      case EQUAL -> left.equals(right);
      case NOT_EQUAL -> !left.equals(right);
      case GREATER -> compare(left, right) > 0;
      case GREATER_EQUAL -> compare(left, right) >= 0;
      case LESS -> compare(left, right) < 0;
      case LESS_EQUAL -> compare(left, right) <= 0;
      case REGEX -> matches(left, right, regex) > 0;
      case NOT_REGEX -> matches(left, right, regex) == 0;
      case AND, OR, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> false;
    };
  }

  /// 1 for a match, 0 for none, -1 for a pattern that is no regular expression.
  private static int matches(String text, String pattern, @Nullable TextMatcher regex) {
    TextMatcher matcher = regex == null ? TextMatcher.compileOrNull(pattern) : regex;
    return matcher == null ? -1 : matcher.matches(text) ? 1 : 0;
  }

  /// Order of UTF-8 bytes, which is that of code points.
  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // surrogates stand for code points above all other characters
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /// As [#test] for values that are neither strings nor arrays.
  static boolean testBits(
      Operator operator, ValueType leftType, long left, ValueType rightType, long right) {
    if (leftType.isNumeric() && rightType.isNumeric()) {
      if (leftType == ValueType.FLOAT || rightType == ValueType.FLOAT) {
        return testDoubles(operator, toDouble(leftType, left), toDouble(rightType, right));
      }
      return testLongs(operator, left, right);
    }
    if (leftType != rightType) {
      return false;
    }
    return switch (leftType) {
      case BOOLEAN ->
          switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case AND -> (left & right) == 1;
            case OR -> (left | right) == 1;
            case REGEX,
                NOT_REGEX,
                GREATER,
                GREATER_EQUAL,
                LESS,
                LESS_EQUAL,
                ADD,
                SUBTRACT,
                MULTIPLY,
                DIVIDE,
                MODULO,
                POWER ->
                false;
          };
      case STATUS, KIND ->
          operator == Operator.EQUAL && left == right
              || operator == Operator.NOT_EQUAL && left != right;
      case NIL, STRING, INT, FLOAT, DURATION, ARRAY, UNKNOWN -> false;
    };
  }

  static double toDouble(ValueType type, long bits) {
    return type == ValueType.FLOAT ? Double.longBitsToDouble(bits) : bits;
  }

  static boolean testLongs(Operator operator, long left, long right) {
    return switch (operator) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER -> left > right;
      case GREATER_EQUAL -> left >= right;
      case LESS -> left < right;
      case LESS_EQUAL -> left <= right;
      case AND, OR, REGEX, NOT_REGEX, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> false;
    };
  }

  static boolean testDoubles(Operator operator, double left, double right) {
    return switch (operator) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER -> left > right;
      case GREATER_EQUAL -> left >= right;
      case LESS -> left < right;
      case LESS_EQUAL -> left <= right;
      case AND, OR, REGEX, NOT_REGEX, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> false;
    };
  }

  private static Value arithmetic(Operator operator, Value left, Value right) {
    if (!left.type().isNumeric() || !right.type().isNumeric()) {
      return Value.NIL;
    }
    if (left.type() == ValueType.INT && right.type() == ValueType.INT) {
      boolean byZero =
          right.bits() == 0 && (operator == Operator.DIVIDE || operator == Operator.MODULO);
      return byZero ? Value.NIL : Value.ofInt(longs(operator, left.bits(), right.bits()));
    }
    return Value.ofFloat(doubles(operator, left.asDouble(), right.asDouble()));
  }

  /// Integer arithmetic with wrap-around; the divisor is not zero.
  static long longs(Operator operator, long left, long right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case POWER -> power(left, right);
      case AND, OR, EQUAL, NOT_EQUAL, REGEX, NOT_REGEX, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException("operator: " + operator + " (expected: arithmetic)");
    };
  }

  /// Square and multiply with wrap-around; a negative exponent gives the truncated quotient.
  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return (long) Math.pow((double) base, (double) exponent);
    }
    long result = 1;
    long factor = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= factor;
      }
      factor *= factor;
    }
    return result;
  }

  static double doubles(Operator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case POWER -> Math.pow(left, right);
      case AND, OR, EQUAL, NOT_EQUAL, REGEX, NOT_REGEX, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL ->
          throw new IllegalArgumentException("operator: " + operator + " (expected: arithmetic)");
    };
  }
}
