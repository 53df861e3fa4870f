package io.vivace.search;

import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The attributes of the entries of one level, one after the other.
final class AttributeList {
  private final int[] starts;
  private final String[] keys;
  private final Value[] values;

  private AttributeList(int[] starts, String[] keys, Value[] values) {
    this.starts = starts;
    this.keys = keys;
    this.values = values;
  }

  int rows() {
    return starts.length - 1;
  }

  /// The value of the key in every entry.
  ///
  /// @param occurrence which of equal keys of an entry, 0 for the first
  Vector column(String key, int occurrence) {
    int rows = rows();
    VectorBuilder column = new VectorBuilder(rows);
    for (int row = 0; row < rows; row++) {
      int seen = 0;
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        if (keys[i].equals(key) && seen++ == occurrence) {
          column.set(row, values[i]);
          break;
        }
      }
    }
    return column.build();
  }

  void names(BitSet rows, Consumer<String> names) {
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        names.accept(keys[i]);
      }
    }
  }

  /// Collects entries in order.
  static final class Builder {
    private final List<Integer> starts = new ArrayList<>(List.of(0));
    private final List<String> keys = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    void add(String key, Value value) {
      keys.add(key);
      values.add(value);
    }

    void endEntry() {
      starts.add(keys.size());
    }

    AttributeList build() {
      return new AttributeList(
          starts.stream().mapToInt(Integer::intValue).toArray(),
          keys.toArray(String[]::new),
          values.toArray(Value[]::new));
    }
  }

  /// Builds a vector row by row; equal texts get one id.
  static final class VectorBuilder {
    private final byte[] types;
    private final long[] bits;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Value> arrays = new ArrayList<>();

    VectorBuilder(int rows) {
      types = new byte[rows];
      bits = new long[rows];
    }

    void set(int row, Value value) {
      types[row] = (byte) value.type().ordinal();
      if (value.type() == ValueType.STRING) {
        bits[row] = textId(value.text());
      } else if (value.type() == ValueType.ARRAY) {
        bits[row] = arrays.size();
        arrays.add(value);
      } else {
        bits[row] = value.bits();
      }
    }

    void setText(int row, String text) {
      types[row] = (byte) ValueType.STRING.ordinal();
      bits[row] = textId(text);
    }

    private int textId(String text) {
      return ids.computeIfAbsent(
          text,
          added -> {
            texts.add(added);
            return texts.size() - 1;
          });
    }

    Vector build() {
      return new Vector(types, bits, texts.toArray(String[]::new), arrays.toArray(Value[]::new));
    }
  }
}
