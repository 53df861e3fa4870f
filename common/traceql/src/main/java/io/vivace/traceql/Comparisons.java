package io.vivace.traceql;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Compares a column with a literal. Texts and arrays are compared once per dictionary entry.
final class Comparisons {
  private static final byte STRING = (byte) ValueType.STRING.ordinal();
  private static final byte INT = (byte) ValueType.INT.ordinal();
  private static final byte FLOAT = (byte) ValueType.FLOAT.ordinal();
  private static final byte DURATION = (byte) ValueType.DURATION.ordinal();
  private static final byte ARRAY = (byte) ValueType.ARRAY.ordinal();

  private Comparisons() {}

  /// The rows for which `value operator literal` is true.
  static BitSet rows(Vector column, Operator operator, Value literal) {
    BitSet result = new BitSet(column.rows());
    switch (literal.type()) {
      case STRING -> strings(column, operator, literal, result);
      case INT, DURATION -> integers(column, operator, literal.bits(), result);
      case FLOAT -> {}
      case BOOLEAN, STATUS, KIND -> same(column, operator, literal, result);
      case NIL, ARRAY, UNKNOWN -> {}
    }
    if (literal.type().isNumeric()) {
      doubles(column, operator, literal, result);
    }
    arrays(column, operator, literal, result);
    return result;
  }

  private static @Nullable TextMatcher regex(Operator operator, Value literal) {
    return operator.isRegex() && literal.type() == ValueType.STRING
        ? TextMatcher.compile(literal.text())
        : null;
  }

  private static void strings(Vector column, Operator operator, Value literal, BitSet result) {
    String[] texts = column.texts();
    boolean[] matches = new boolean[texts.length];
    TextMatcher regex = regex(operator, literal);
    boolean any = false;
    for (int id = 0; id < texts.length; id++) {
      matches[id] = Operations.testStrings(operator, texts[id], literal.text(), regex);
      any |= matches[id];
    }
    if (!any) {
      return;
    }
    byte[] types = column.types();
    long[] bits = column.bits();
    for (int row = 0; row < types.length; row++) {
      if (types[row] == STRING && matches[(int) bits[row]]) {
        result.set(row);
      }
    }
  }

  private static void integers(Vector column, Operator operator, long literal, BitSet result) {
    byte[] types = column.types();
    long[] bits = column.bits();
    for (int row = 0; row < types.length; row++) {
      if ((types[row] == INT || types[row] == DURATION)
          && Operations.testLongs(operator, bits[row], literal)) {
        result.set(row);
      }
    }
  }

  /// Doubles against any number, and integers against a double.
  private static void doubles(Vector column, Operator operator, Value literal, BitSet result) {
    byte[] types = column.types();
    long[] bits = column.bits();
    double number = literal.asDouble();
    boolean integers = literal.type() == ValueType.FLOAT;
    for (int row = 0; row < types.length; row++) {
      if (types[row] == FLOAT) {
        if (Operations.testDoubles(operator, Double.longBitsToDouble(bits[row]), number)) {
          result.set(row);
        }
      } else if (integers
          && (types[row] == INT || types[row] == DURATION)
          && Operations.testDoubles(operator, (double) bits[row], number)) {
        result.set(row);
      }
    }
  }

  private static void same(Vector column, Operator operator, Value literal, BitSet result) {
    byte[] types = column.types();
    long[] bits = column.bits();
    byte type = (byte) literal.type().ordinal();
    for (int row = 0; row < types.length; row++) {
      if (types[row] == type
          && Operations.testBits(
              operator, literal.type(), bits[row], literal.type(), literal.bits())) {
        result.set(row);
      }
    }
  }

  private static void arrays(Vector column, Operator operator, Value literal, BitSet result) {
    Value[] arrays = column.arrays();
    if (arrays.length == 0) {
      return;
    }
    TextMatcher regex = regex(operator, literal);
    boolean[] matches = new boolean[arrays.length];
    for (int id = 0; id < arrays.length; id++) {
      matches[id] = Operations.test(operator, arrays[id], literal, regex);
    }
    byte[] types = column.types();
    long[] bits = column.bits();
    for (int row = 0; row < types.length; row++) {
      if (types[row] == ARRAY && matches[(int) bits[row]]) {
        result.set(row);
      }
    }
  }
}
