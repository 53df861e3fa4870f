package io.vivace.block.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/// Compression of pages, by the numbers the footer uses.
public final class Codec {
  /// Stored as it is.
  public static final int UNCOMPRESSED = 0;

  /// Raw snappy.
  public static final int SNAPPY = 1;

  /// Zstandard frames.
  public static final int ZSTD = 6;

  /// Snappy's densest element copies 64 bytes for three.
  private static final int SNAPPY_RATIO = 32;

  private Codec() {}

  static void check(int codec) {
    if (codec != UNCOMPRESSED && codec != SNAPPY && codec != ZSTD) {
      throw new MalformedDataException(
          "codec: " + codec + " (expected: 0 none, 1 snappy or 6 zstd)");
    }
  }

  /// Fails when `length` compressed bytes cannot stand for `size` bytes, before memory is taken.
  static void checkSize(int codec, byte[] source, int start, int length, int size) {
    long possible =
        switch (codec) {
          case UNCOMPRESSED -> length;
          case SNAPPY -> snappySize(source, start, length);
          default -> zstdSize(source, start, length, size);
        };
    MalformedDataException.check(size == possible, "uncompressed size", size, "" + possible);
  }

  /// Decompresses exactly `size` bytes into `target`.
  static void decompress(int codec, byte[] source, int start, int length, byte[] target, int size) {
    try {
      long written =
          switch (codec) {
            case UNCOMPRESSED -> {
              System.arraycopy(source, start, target, 0, size);
              yield length;
            }
            case SNAPPY -> Snappy.uncompress(source, start, length, target, 0);
            default -> Zstd.decompressByteArray(target, 0, size, source, start, length);
          };
      MalformedDataException.check(written == size, "decompressed size", written, "" + size);
    } catch (IOException | ZstdException e) {
      throw new MalformedDataException("compressed data: " + e.getMessage(), e);
    }
  }

  private static long snappySize(byte[] source, int start, int length) {
    try {
      int size = Snappy.uncompressedLength(source, start, length);
      MalformedDataException.check(
          size >= 0 && size <= SNAPPY_RATIO * (length + 1L), "snappy size", size, "plausible");
      return size;
    } catch (IOException e) {
      throw new MalformedDataException("snappy data: " + e.getMessage(), e);
    }
  }

  private static long zstdSize(byte[] source, int start, int length, int size) {
    long content = Zstd.getFrameContentSize(source, start, length);
    return content < 0 ? size : content;
  }
}
