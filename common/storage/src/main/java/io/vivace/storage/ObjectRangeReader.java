package io.vivace.storage;

import io.vivace.block.RangeReader;
import java.io.IOException;

/// Reads ranges of one object whose size is known.
public final class ObjectRangeReader implements RangeReader {
  private final ObjectStore objects;
  private final String name;
  private final long size;

  /// Ranges of the object `name` of `size` bytes.
  public ObjectRangeReader(ObjectStore objects, String name, long size) {
    this.objects = objects;
    this.name = name;
    this.size = size;
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    byte[] bytes = objects.read(name, offset, length);
    if (bytes.length != length) {
      throw new IOException(
          "object "
              + name
              + ": "
              + bytes.length
              + " bytes at "
              + offset
              + " (expected: "
              + length
              + ")");
    }
    return bytes;
  }

  @Override
  public long size() {
    return size;
  }
}
