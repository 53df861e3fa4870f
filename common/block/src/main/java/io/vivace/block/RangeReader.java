package io.vivace.block;

import java.io.IOException;

/// The only way from a block's file to its bytes: ranged reads of one object that never changes.
/// Safe for use by several threads.
public interface RangeReader {
  /// `length` bytes from `offset`, all of them, in an array of the caller's.
  ///
  /// @throws IOException also when the range reaches beyond the end
  byte[] read(long offset, int length) throws IOException;

  /// What is read, for readers that keep some kinds of it.
  enum Kind {
    /// The footer.
    FOOTER,
    /// Bounds of pages.
    COLUMN_INDEX,
    /// Places of pages.
    OFFSET_INDEX,
    /// Dictionaries and data.
    PAGES
  }

  /// As [#read(long, int)]; the array may be shared and must not be changed.
  default byte[] read(Kind kind, long offset, int length) throws IOException {
    return read(offset, length);
  }

  /// Length of the object in bytes.
  long size() throws IOException;
}
