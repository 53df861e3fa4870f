package io.vivace.traceql;

import java.util.List;

/// One typed value.
///
/// @param type what it is
/// @param bits the number, the bits of the double, 0 or 1, the OTLP number of a status or kind; 0
///   for other types
/// @param text the text of a string, otherwise empty
/// @param elements of an array, all of one scalar type; otherwise empty
public record Value(ValueType type, long bits, String text, List<Value> elements) {
  /// No value.
  public static final Value NIL = new Value(ValueType.NIL, 0, "", List.of());

  /// True.
  public static final Value TRUE = new Value(ValueType.BOOLEAN, 1, "", List.of());

  /// False.
  public static final Value FALSE = new Value(ValueType.BOOLEAN, 0, "", List.of());

  /// A text.
  public static Value ofString(String text) {
    return new Value(ValueType.STRING, 0, text, List.of());
  }

  /// An integer.
  public static Value ofInt(long number) {
    return new Value(ValueType.INT, number, "", List.of());
  }

  /// A floating point number.
  public static Value ofFloat(double number) {
    return new Value(ValueType.FLOAT, Double.doubleToRawLongBits(number), "", List.of());
  }

  /// A truth value.
  public static Value ofBoolean(boolean value) {
    return value ? TRUE : FALSE;
  }

  /// A duration in nanoseconds.
  public static Value ofDuration(long nanoseconds) {
    return new Value(ValueType.DURATION, nanoseconds, "", List.of());
  }

  /// A status by its OTLP number.
  public static Value ofStatus(long code) {
    return new Value(ValueType.STATUS, code, "", List.of());
  }

  /// A span kind by its OTLP number.
  public static Value ofKind(long code) {
    return new Value(ValueType.KIND, code, "", List.of());
  }

  /// An array of values of one type.
  public static Value ofArray(List<Value> elements) {
    return new Value(ValueType.ARRAY, 0, "", List.copyOf(elements));
  }

  /// A value of a scalar type that is no string.
  static Value ofBits(ValueType type, long bits) {
    return new Value(type, bits, "", List.of());
  }

  /// The number as a double; of a duration its nanoseconds.
  public double asDouble() {
    return type == ValueType.FLOAT ? Double.longBitsToDouble(bits) : bits;
  }

  boolean isTrue() {
    return type == ValueType.BOOLEAN && bits == 1;
  }

  /// The value as TraceQL prints it.
  @Override
  public String toString() {
    return Literals.print(this);
  }
}
