package io.vivace.block;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/// Ranges of an array in memory, which must not be written to any more.
///
/// @param bytes the whole object
public record ByteArrayRangeReader(byte[] bytes) implements RangeReader {
  @Override
  public byte[] read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new EOFException(
          "range: " + offset + "+" + length + " (expected: within " + bytes.length + " bytes)");
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }

  @Override
  public long size() {
    return bytes.length;
  }
}
