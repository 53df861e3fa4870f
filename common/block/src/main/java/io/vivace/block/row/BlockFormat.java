package io.vivace.block.row;

import java.util.Optional;

/// Versions of the block format that can be read, and how they name their columns.
public enum BlockFormat {
  /// Attributes hold one scalar; events and links are partly opaque.
  VPARQUET3("vParquet3", ".list.element"),
  /// What is written.
  VPARQUET4("vParquet4", ".list.element"),
  /// The unfinished version 5 of Tempo 2.9: version 4 and a few more columns.
  VPARQUET5_PREVIEW2("vParquet5-preview2", ".list.element"),
  /// Bare repeated groups; dedicated columns as the meta says.
  VPARQUET5("vParquet5", "");

  private final String text;
  private final String element;

  BlockFormat(String text, String element) {
    this.text = text;
    this.element = element;
  }

  /// The version as `meta.json` has it.
  public String text() {
    return text;
  }

  /// The version called `text` in `meta.json`.
  public static Optional<BlockFormat> of(String text) {
    for (BlockFormat format : values()) {
      if (format.text.equals(text)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /// What stands between a list and its elements in the path of a column.
  public String element() {
    return element;
  }

  /// Path of the group of a resource and its spans.
  public String resourceSpans() {
    return "rs" + element;
  }

  /// Path of the group of a scope and its spans.
  public String scopeSpans() {
    return resourceSpans() + ".ss" + element;
  }

  /// Path of a span.
  public String span() {
    return scopeSpans() + ".Spans" + element;
  }

  boolean hasFixedColumns() {
    return this != VPARQUET5;
  }
}
