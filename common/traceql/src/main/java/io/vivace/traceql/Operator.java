package io.vivace.traceql;

/// Binary operators of field and scalar expressions.
public enum Operator {
  /// Either side.
  OR("||", 20),
  /// Both sides.
  AND("&&", 20),
  /// Equal.
  EQUAL("=", 30),
  /// Not equal.
  NOT_EQUAL("!=", 30),
  /// Whole text matches.
  REGEX("=~", 30),
  /// Whole text does not match.
  NOT_REGEX("!~", 30),
  /// Greater.
  GREATER(">", 30),
  /// Greater or equal.
  GREATER_EQUAL(">=", 30),
  /// Less.
  LESS("<", 30),
  /// Less or equal.
  LESS_EQUAL("<=", 30),
  /// Sum.
  ADD("+", 40),
  /// Difference.
  SUBTRACT("-", 40),
  /// Product.
  MULTIPLY("*", 60),
  /// Quotient.
  DIVIDE("/", 60),
  /// Remainder.
  MODULO("%", 60),
  /// Power, to the right.
  POWER("^", 70);

  private final String text;
  private final int precedence;

  Operator(String text, int precedence) {
    this.text = text;
    this.precedence = precedence;
  }

  /// As it is written.
  public String text() {
    return text;
  }

  /// How tightly it binds (traceql.md §3.3); greater is tighter.
  int precedence() {
    return precedence;
  }

  boolean isComparison() {
    return precedence == 30;
  }

  boolean isArithmetic() {
    return precedence > 30;
  }

  boolean isRegex() {
    return this == REGEX || this == NOT_REGEX;
  }

  /// The operator that says the same with exchanged sides.
  Operator mirrored() {
    return switch (this) {
      case GREATER -> LESS;
      case GREATER_EQUAL -> LESS_EQUAL;
      case LESS -> GREATER;
      case LESS_EQUAL -> GREATER_EQUAL;
      case OR,
          AND,
          EQUAL,
          NOT_EQUAL,
          REGEX,
          NOT_REGEX,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MODULO,
          POWER ->
          this;
    };
  }
}
