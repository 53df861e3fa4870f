package io.vivace.traceql;

import java.util.Arrays;
import java.util.BitSet;

/// Operations on whole vectors.
final class ValueVectors {
  private static final byte BOOLEAN = (byte) ValueType.BOOLEAN.ordinal();
  private static final byte INT = (byte) ValueType.INT.ordinal();
  private static final byte FLOAT = (byte) ValueType.FLOAT.ordinal();

  private ValueVectors() {}

  static Vector constant(Value value, int rows) {
    byte[] types = new byte[rows];
    Arrays.fill(types, (byte) value.type().ordinal());
    long[] bits = new long[rows];
    Arrays.fill(bits, value.bits());
    return new Vector(types, bits, new String[] {value.text()}, new Value[] {value});
  }

  static Vector booleans(BitSet set, int rows) {
    byte[] types = new byte[rows];
    Arrays.fill(types, BOOLEAN);
    long[] bits = new long[rows];
    for (int row = set.nextSetBit(0); row >= 0; row = set.nextSetBit(row + 1)) {
      bits[row] = 1;
    }
    return new Vector(types, bits, new String[0], new Value[0]);
  }

  static Vector negative(Vector operand) {
    int rows = operand.rows();
    byte[] types = new byte[rows];
    long[] bits = new long[rows];
    for (int row = 0; row < rows; row++) {
      ValueType type = operand.type(row);
      if (type.isNumeric()) {
        types[row] = (byte) type.ordinal();
        bits[row] =
            type == ValueType.FLOAT
                ? Double.doubleToRawLongBits(-Double.longBitsToDouble(operand.bits(row)))
                : -operand.bits(row);
      }
    }
    return new Vector(types, bits, new String[0], new Value[0]);
  }

  static Vector arithmetic(Operator operator, Vector left, Vector right) {
    int rows = left.rows();
    byte[] types = new byte[rows];
    long[] bits = new long[rows];
    for (int row = 0; row < rows; row++) {
      ValueType leftType = left.type(row);
      ValueType rightType = right.type(row);
      if (!leftType.isNumeric() || !rightType.isNumeric()) {
        continue;
      }
      if (leftType == ValueType.INT && rightType == ValueType.INT) {
        boolean divides = operator == Operator.DIVIDE || operator == Operator.MODULO;
        if (!divides || right.bits(row) != 0) {
          types[row] = INT;
          bits[row] = Operations.longs(operator, left.bits(row), right.bits(row));
        }
      } else {
        types[row] = FLOAT;
        bits[row] =
            Double.doubleToRawLongBits(
                Operations.doubles(
                    operator,
                    Operations.toDouble(leftType, left.bits(row)),
                    Operations.toDouble(rightType, right.bits(row))));
      }
    }
    return new Vector(types, bits, new String[0], new Value[0]);
  }

  /// The rows for which `left operator right` is true.
  static BitSet compare(Operator operator, Vector left, Vector right) {
    BitSet result = new BitSet(left.rows());
    for (int row = 0; row < left.rows(); row++) {
      if (compare(operator, left, right, row)) {
        result.set(row);
      }
    }
    return result;
  }

  private static boolean compare(Operator operator, Vector left, Vector right, int row) {
    ValueType leftType = left.type(row);
    ValueType rightType = right.type(row);
    if (leftType == ValueType.NIL || rightType == ValueType.NIL) {
      return false;
    }
    if (leftType == ValueType.ARRAY || rightType == ValueType.ARRAY) {
      return Operations.test(operator, left.value(row), right.value(row), null);
    }
    if (leftType == ValueType.STRING && rightType == ValueType.STRING) {
      return Operations.testStrings(operator, left.text(row), right.text(row), null);
    }
    return Operations.testBits(operator, leftType, left.bits(row), rightType, right.bits(row));
  }
}
