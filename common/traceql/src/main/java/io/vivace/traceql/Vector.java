package io.vivace.traceql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Typed values, one per row. Texts and arrays are ids of a dictionary. Immutable once built.
public final class Vector {
  private final byte[] types;
  private final long[] bits;
  private final String[] texts;
  private final Value[] arrays;

  /// Takes over the arrays.
  ///
  /// @param types ordinals of [ValueType], one per row
  /// @param bits per row what [Value#bits] has; of a string its id in `texts`, of an array its id
  ///   in `arrays`
  /// @param texts distinct or not
  /// @param arrays values of type array
  public Vector(byte[] types, long[] bits, String[] texts, Value[] arrays) {
    this.types = types;
    this.bits = bits;
    this.texts = texts;
    this.arrays = arrays;
  }

  /// A vector of values of one type that is neither string nor array.
  public static Vector of(ValueType type, long[] bits) {
    byte[] types = new byte[bits.length];
    Arrays.fill(types, (byte) type.ordinal());
    return new Vector(types, bits, new String[0], new Value[0]);
  }

  /// A vector without any value.
  public static Vector empty(int rows) {
    return new Vector(new byte[rows], new long[rows], new String[0], new Value[0]);
  }

  /// Number of rows.
  public int rows() {
    return types.length;
  }

  /// Type of a row; [ValueType#NIL] where there is no value.
  public ValueType type(int row) {
    return ValueType.of(types[row]);
  }

  /// Whether the row has no value.
  public boolean isNil(int row) {
    return types[row] == 0;
  }

  /// The number, or the id of the text or array.
  public long bits(int row) {
    return bits[row];
  }

  /// The text of a row of type string.
  public String text(int row) {
    return texts[(int) bits[row]];
  }

  /// The value of a row.
  public Value value(int row) {
    ValueType type = type(row);
    return switch (type) {
      case NIL, UNKNOWN -> Value.NIL;
      case STRING -> Value.ofString(text(row));
      case ARRAY -> arrays[(int) bits[row]];
      case BOOLEAN -> Value.ofBoolean(bits[row] == 1);
      case INT, FLOAT, DURATION, STATUS, KIND -> Value.ofBits(type, bits[row]);
    };
  }

  byte[] types() {
    return types;
  }

  long[] bits() {
    return bits;
  }

  String[] texts() {
    return texts;
  }

  Value[] arrays() {
    return arrays;
  }

  /// The rows that have a value.
  BitSet present() {
    BitSet present = new BitSet(types.length);
    for (int row = 0; row < types.length; row++) {
      if (types[row] != 0) {
        present.set(row);
      }
    }
    return present;
  }

  /// The rows that are this truth value.
  BitSet booleans(boolean value) {
    byte wanted = (byte) ValueType.BOOLEAN.ordinal();
    long bit = value ? 1 : 0;
    BitSet result = new BitSet(types.length);
    for (int row = 0; row < types.length; row++) {
      if (types[row] == wanted && bits[row] == bit) {
        result.set(row);
      }
    }
    return result;
  }

  /// The vector whose row `i` is row `rows[i]` of this one, without a value for a negative number.
  Vector gather(int[] rows) {
    byte[] newTypes = new byte[rows.length];
    long[] newBits = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0) {
        newTypes[i] = types[rows[i]];
        newBits[i] = bits[rows[i]];
      }
    }
    return new Vector(newTypes, newBits, texts, arrays);
  }

  /// This vector with the values of another in rows that have none.
  public Vector orElse(Vector other) {
    byte[] newTypes = types.clone();
    long[] newBits = bits.clone();
    byte string = (byte) ValueType.STRING.ordinal();
    byte array = (byte) ValueType.ARRAY.ordinal();
    for (int row = 0; row < types.length; row++) {
      if (types[row] == 0) {
        byte type = other.types[row];
        newTypes[row] = type;
        newBits[row] =
            other.bits[row] + (type == string ? texts.length : type == array ? arrays.length : 0);
      }
    }
    String[] newTexts = Arrays.copyOf(texts, texts.length + other.texts.length);
    System.arraycopy(other.texts, 0, newTexts, texts.length, other.texts.length);
    List<Value> newArrays = new ArrayList<>(List.of(arrays));
    newArrays.addAll(List.of(other.arrays));
    return new Vector(newTypes, newBits, newTexts, newArrays.toArray(Value[]::new));
  }
}
