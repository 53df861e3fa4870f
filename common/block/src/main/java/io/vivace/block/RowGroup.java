package io.vivace.block;

import java.io.IOException;
import java.util.Optional;

/// One row group of a block: a run of traces whose columns can be read one by one.
///
/// Columns are named by the path of their leaf in the file, such as
/// `rs.list.element.ss.list.element.Spans.list.element.Name`, and looked up in the file's own
/// schema. Nothing is cached but what the footer holds and where pages are. Safe for use by several
/// threads.
public interface RowGroup {
  /// Position in the file, from 0.
  int index();

  /// Number of traces.
  int rows();

  /// Whether the file has the leaf.
  boolean hasColumn(String path);

  /// Reads and decodes a whole column.
  ///
  /// @throws BlockFormatException when the file has no such leaf or its bytes are damaged
  ColumnVector column(String path) throws IOException;

  /// The dictionary of a column whose every page is dictionary-encoded, without reading these
  /// pages: a value that is not in it does not occur in the row group. Entries are those of the
  /// [BinaryVector]. Empty for all other columns.
  ///
  /// @throws BlockFormatException when the file has no such leaf or its bytes are damaged
  Optional<Dictionary> dictionary(String path) throws IOException;

  /// Bounds of an integer column from the footer, without reading anything: every value is within,
  /// in the column's own order (unsigned for unsigned columns). Empty when not recorded.
  ///
  /// @throws BlockFormatException when the file has no such leaf
  Optional<LongRange> range(String path) throws IOException;

  /// Bytes of the column in the file, dictionary included.
  ///
  /// @throws BlockFormatException when the file has no such leaf
  long compressedSize(String path) throws IOException;
}
