package io.vivace.traceql;

/// Type of a value or, in checks before any data is seen, of an expression (traceql.md §4).
public enum ValueType {
  /// No value.
  NIL,
  /// Text.
  STRING,
  /// 64-bit signed number.
  INT,
  /// 64-bit floating point number.
  FLOAT,
  /// True or false.
  BOOLEAN,
  /// Nanoseconds, 64 bits signed.
  DURATION,
  /// Status of a span, its OTLP number.
  STATUS,
  /// Kind of a span, its OTLP number.
  KIND,
  /// Several values of one scalar type.
  ARRAY,
  /// Known only when data is seen.
  UNKNOWN;

  private static final ValueType[] VALUES = values();

  /// The type with this ordinal.
  public static ValueType of(int ordinal) {
    return VALUES[ordinal];
  }

  /// Whether arithmetic is possible.
  public boolean isNumeric() {
    return this == INT || this == FLOAT || this == DURATION;
  }

  /// Whether values of the two types may be operands of one binary operation.
  boolean meets(ValueType other) {
    return this == UNKNOWN
        || other == UNKNOWN
        || this == NIL
        || other == NIL
        || this == other
        || isNumeric() && other.isNumeric();
  }
}
