package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Columns of blocks as texts, one per row, for comparing files entry by entry.
final class ColumnEntries {
  private ColumnEntries() {}

  /// Rows of a column over all row groups. Rows whose order within is free are sorted: services are
  /// a map, and attributes of resources and scopes keep their order only in our blocks.
  static List<String> rows(BlockReader block, String path) throws IOException {
    boolean free = path.contains("Attrs") && !path.contains("Spans") || path.startsWith("Service");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < block.rowGroupCount(); i++) {
      rows(block.rowGroup(i).column(path), free, rows);
    }
    return rows;
  }

  static void rows(ColumnVector column, boolean free, List<String> rows) {
    Levels levels = column.levels();
    List<String> row = new ArrayList<>();
    int value = 0;
    for (int entry = 0; entry < levels.size(); entry++) {
      if (levels.repetition()[entry] == 0 && entry > 0) {
        rows.add(text(row, free));
        row.clear();
      }
      boolean present = levels.definition()[entry] == levels.maxDefinition();
      String shown = present ? value(column, value++) : "-";
      // the first entry of a list has another repetition level: it says nothing in a sorted row
      String repetition = free ? "" : levels.repetition()[entry] + ",";
      row.add("(" + repetition + levels.definition()[entry] + ")" + shown);
    }
    rows.add(text(row, free));
    assertThat(value).isEqualTo(column.valueCount());
  }

  private static String text(List<String> row, boolean free) {
    if (free) {
      row.sort(null);
    }
    return String.join(" ", row);
  }

  private static String value(ColumnVector column, int value) {
    return switch (column) {
      case LongVector longs -> Long.toString(longs.values()[value]);
      case DoubleVector doubles -> Double.toString(doubles.values()[value]);
      case BooleanVector booleans -> Boolean.toString(booleans.values()[value]);
      case BinaryVector binary ->
          new String(binary.dictionary().entry(binary.ids()[value]), StandardCharsets.ISO_8859_1);
    };
  }

  /// @param leftovers rows whose resource attributes are not to be compared
  static void assertSame(BlockReader expected, BlockReader actual, Set<Integer> leftovers)
      throws IOException {
    for (String path : expected.columns()) {
      String[] want = rows(expected, path).toArray(String[]::new);
      String[] have = rows(actual, path).toArray(String[]::new);
      if (path.contains("Resource.Attrs")) {
        leftovers.forEach(row -> have[row] = want[row]);
      }
      int row = Arrays.mismatch(want, have);
      if (row >= 0) {
        assertThat(have[Math.min(row, have.length - 1)])
            .as(path + " row " + row)
            .isEqualTo(want[Math.min(row, want.length - 1)]);
      }
    }
  }
}
