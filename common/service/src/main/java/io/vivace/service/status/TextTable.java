package io.vivace.service.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table drawn with `+`, `-` and `|`.
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /// @param header titles; printed in capitals
  TextTable(String... header) {
    List<String> titles = new ArrayList<>();
    for (String title : header) {
      titles.add(title.toUpperCase(Locale.ROOT));
    }
    rows.add(titles);
  }

  /// Adds a row with as many cells as the header.
  void row(String... cells) {
    rows.add(List.of(cells));
  }

  String text() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    StringBuilder rule = new StringBuilder("+");
    for (int width : widths) {
      rule.append("-".repeat(width + 2)).append('+');
    }
    rule.append('\n');
    for (int i = 0; i < rows.size(); i++) {
      text.append(i < 2 ? rule : "");
      for (int j = 0; j < widths.length; j++) {
        String cell = rows.get(i).get(j);
        text.append("| ").append(cell).append(" ".repeat(widths[j] - cell.length() + 1));
      }
      text.append("|\n");
    }
    return text.append(rule).toString();
  }
}
