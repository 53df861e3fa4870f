package io.vivace.search;

import io.vivace.block.BinaryVector;
import io.vivace.block.BooleanVector;
import io.vivace.block.ColumnVector;
import io.vivace.block.DoubleVector;
import io.vivace.block.Levels;
import io.vivace.block.LongVector;
import io.vivace.traceql.Value;
import io.vivace.traceql.Vector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads dedicated columns of vParquet5, which hold any number of values per entry.
final class RepeatedColumns {
  private RepeatedColumns() {}

  /// One value per entry: none, a scalar, or an array of several.
  static Vector read(BlockColumns columns, String path, int depth, int rows) throws IOException {
    ColumnVector column = columns.column(path);
    Levels levels = column.levels();
    byte[] repetition = levels.repetition();
    byte[] definition = levels.definition();
    AttributeList.VectorBuilder builder = new AttributeList.VectorBuilder(rows);
    List<Value> elements = new ArrayList<>();
    int row = -1;
    int value = 0;
    for (int i = 0; i < definition.length; i++) {
      if (repetition[i] <= depth && definition[i] >= depth) {
        if (row >= 0) {
          builder.set(row, AttributeValues.ofElements(elements));
          elements.clear();
        }
        row++;
      }
      if (definition[i] == levels.maxDefinition()) {
        elements.add(valueOf(column, value++));
      }
    }
    if (row >= 0) {
      builder.set(row, AttributeValues.ofElements(elements));
    }
    columns.check(path, row + 1, rows);
    return builder.build();
  }

  private static Value valueOf(ColumnVector column, int value) {
    return switch (column) {
      case BinaryVector texts -> Value.ofString(texts.dictionary().text(texts.ids()[value]));
      case LongVector numbers -> Value.ofInt(numbers.values()[value]);
      case DoubleVector numbers -> Value.ofFloat(numbers.values()[value]);
      case BooleanVector booleans -> Value.ofBoolean(booleans.values()[value]);
    };
  }
}
