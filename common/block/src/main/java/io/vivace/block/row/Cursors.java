package io.vivace.block.row;

import io.vivace.block.parquet.ColumnCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Opens cursors by path and remembers them, so that all of them can be moved in step.
public final class Cursors {
  /// Where cursors come from.
  public interface Source {
    /// A cursor over the column called `path`, which must exist.
    ColumnCursor open(String path) throws IOException;

    /// Whether the file has the column.
    boolean has(String path);
  }

  private final Source source;
  private final List<ColumnCursor> opened = new ArrayList<>();

  /// Cursors of `source`.
  public Cursors(Source source) {
    this.source = source;
  }

  ColumnCursor open(String path) throws IOException {
    ColumnCursor cursor = source.open(path);
    opened.add(cursor);
    return cursor;
  }

  boolean has(String path) {
    return source.has(path);
  }

  int count() {
    return opened.size();
  }

  /// Cursors opened since there were `from`.
  ColumnCursor[] since(int from) {
    return opened.subList(from, opened.size()).toArray(ColumnCursor[]::new);
  }

  /// Moves over the single entry that stands for an empty list.
  static void skipEmpty(ColumnCursor[] cursors) throws IOException {
    for (ColumnCursor cursor : cursors) {
      cursor.advance();
    }
  }
}
