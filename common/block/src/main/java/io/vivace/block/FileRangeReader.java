package io.vivace.block;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Ranges of a local file, which stays open until [#close].
public final class FileRangeReader implements RangeReader, AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  /// Opens the file.
  public FileRangeReader(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || offset > size() - length) {
      throw new EOFException(
          path.getFileName()
              + " range: "
              + offset
              + "+"
              + length
              + " (expected: within "
              + size()
              + " bytes)");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException(path.getFileName() + ": file became shorter while it was read");
      }
    }
    return buffer.array();
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
