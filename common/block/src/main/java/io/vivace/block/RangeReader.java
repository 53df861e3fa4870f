package io.vivace.block;

import java.io.IOException;

/// The only way from a block's file to its bytes: ranged reads of one object that never changes.
/// Safe for use by several threads.
public interface RangeReader {
  /// `length` bytes from `offset`, all of them, in an array of the caller's.
  ///
  /// @throws IOException also when the range reaches beyond the end
  byte[] read(long offset, int length) throws IOException;

  /// Length of the object in bytes.
  long size() throws IOException;
}
