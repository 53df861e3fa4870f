package io.vivace.search;

import io.vivace.block.BinaryVector;
import io.vivace.block.BlockFormatException;
import io.vivace.block.BooleanVector;
import io.vivace.block.ColumnVector;
import io.vivace.block.Dictionary;
import io.vivace.block.DoubleVector;
import io.vivace.block.Levels;
import io.vivace.block.LongVector;
import io.vivace.block.RowGroup;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The columns of one row group, each read and decoded once.
final class BlockColumns {
  private final RowGroup group;
  private final String block;
  private final Map<String, ColumnVector> columns = new HashMap<>();
  private long bytes;

  /// @param block name of the block for errors
  BlockColumns(RowGroup group, String block) {
    this.group = group;
    this.block = block;
  }

  RowGroup group() {
    return group;
  }

  /// Bytes of the columns that were read.
  long bytes() {
    return bytes;
  }

  boolean has(String path) {
    return group.hasColumn(path);
  }

  ColumnVector column(String path) throws IOException {
    ColumnVector known = columns.get(path);
    if (known == null) {
      known = group.column(path);
      bytes += group.compressedSize(path);
      columns.put(path, known);
    }
    return known;
  }

  /// Whether a text can occur in a column, as far as its dictionary tells.
  boolean mayContain(String path, String text) throws IOException {
    if (columns.get(path) instanceof BinaryVector known && known.dictionaryEncoded()) {
      return known.dictionary().find(text.getBytes(StandardCharsets.UTF_8)) >= 0;
    }
    Optional<Dictionary> dictionary = group.dictionary(path);
    return dictionary.isEmpty()
        || dictionary.get().find(text.getBytes(StandardCharsets.UTF_8)) >= 0;
  }

  BinaryVector binary(String path) throws IOException {
    if (column(path) instanceof BinaryVector vector) {
      return vector;
    }
    throw fault(path, "type: (expected: bytes)");
  }

  long[] longs(String path) throws IOException {
    if (column(path) instanceof LongVector vector) {
      return vector.values();
    }
    throw fault(path, "type: (expected: integers)");
  }

  /// Numbers of a required column as values of this type, one per entry of its level.
  Vector numbers(String path, ValueType type, int rows) throws IOException {
    long[] values = longs(path);
    check(path, values.length, rows);
    return Vector.of(type, values);
  }

  /// Texts of a required column, one per entry of its level.
  Vector texts(String path, int rows) throws IOException {
    BinaryVector column = binary(path);
    check(path, column.ids().length, rows);
    return texts(column, identity(rows), rows);
  }

  /// Texts of an optional column.
  ///
  /// @param depth definition level of an entry of its level
  Vector optional(String path, int depth, int rows) throws IOException {
    ColumnVector column = column(path);
    int[] rowOf = rowsOfValues(column.levels(), depth, rows, path);
    return switch (column) {
      case BinaryVector texts -> texts(texts, rowOf, rows);
      case LongVector numbers -> {
        byte[] types = new byte[rows];
        long[] bits = new long[rows];
        for (int i = 0; i < rowOf.length; i++) {
          types[rowOf[i]] = (byte) ValueType.INT.ordinal();
          bits[rowOf[i]] = numbers.values()[i];
        }
        yield new Vector(types, bits, new String[0], new Value[0]);
      }
      case DoubleVector doubles -> throw fault(path, "type: double (expected: text or integer)");
      case BooleanVector booleans -> throw fault(path, "type: boolean (expected: text or integer)");
    };
  }

  private static int[] identity(int rows) {
    int[] result = new int[rows];
    Arrays.setAll(result, i -> i);
    return result;
  }

  private static Vector texts(BinaryVector column, int[] rowOf, int rows) {
    byte[] types = new byte[rows];
    long[] bits = new long[rows];
    TextIds ids = new TextIds(column);
    for (int i = 0; i < rowOf.length; i++) {
      types[rowOf[i]] = (byte) ValueType.STRING.ordinal();
      bits[rowOf[i]] = ids.idOf(i);
    }
    return new Vector(types, bits, ids.texts(), new Value[0]);
  }

  /// The row of every value of a column with at most one value per row.
  private int[] rowsOfValues(Levels levels, int depth, int rows, String path)
      throws BlockFormatException {
    byte[] definition = levels.definition();
    int[] rowOf = new int[definition.length];
    int row = -1;
    int values = 0;
    for (int i = 0; i < definition.length; i++) {
      if (definition[i] >= depth) {
        row++;
        if (definition[i] == levels.maxDefinition()) {
          rowOf[values++] = row;
        }
      }
    }
    check(path, row + 1, rows);
    return Arrays.copyOf(rowOf, values);
  }

  void check(String path, int found, int expected) throws BlockFormatException {
    if (found != expected) {
      throw fault(path, "entries: " + found + " (expected: " + expected + ")");
    }
  }

  BlockFormatException fault(String path, String problem) {
    return new BlockFormatException(
        block, "column " + path + " of row group " + group.index() + ": " + problem);
  }

  /// The texts of a column that are used, numbered anew.
  static final class TextIds {
    private final BinaryVector column;
    private final int[] newIds;
    private String[] texts = new String[16];
    private int count;

    TextIds(BinaryVector column) {
      this.column = column;
      newIds = new int[column.dictionary().size()];
    }

    /// The new id of the n-th value.
    int idOf(int value) {
      int old = column.ids()[value];
      if (newIds[old] == 0) {
        if (count == texts.length) {
          texts = Arrays.copyOf(texts, 2 * count);
        }
        texts[count++] = column.dictionary().text(old);
        newIds[old] = count;
      }
      return newIds[old] - 1;
    }

    String text(int newId) {
      return texts[newId];
    }

    String[] texts() {
      return Arrays.copyOf(texts, count);
    }
  }
}
