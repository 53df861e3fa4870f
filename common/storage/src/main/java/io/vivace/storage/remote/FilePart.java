package io.vivace.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A part of a file as a stream, read while it is sent.
public final class FilePart extends InputStream {
  private static final int BUFFER = 64 << 10;

  private final FileChannel channel;
  private final long end;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long position;

  private FilePart(FileChannel channel, long offset, long length) {
    this.channel = channel;
    this.position = offset;
    this.end = offset + length;
  }

  /// Opens `length` bytes from `offset`.
  ///
  /// @throws UncheckedIOException when the file cannot be opened
  public static InputStream open(Path file, long offset, long length) {
    try {
      return new FilePart(FileChannel.open(file, StandardOpenOption.READ), offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    if (position >= end) {
      return false;
    }
    buffer.clear().limit((int) Math.min(BUFFER, end - position));
    int read = channel.read(buffer, position);
    if (read < 0) {
      throw new IOException("file: ended at " + position + " (expected: " + end + " bytes)");
    }
    position += read;
    buffer.flip();
    return true;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(Integer.MAX_VALUE, buffer.remaining() + end - position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
