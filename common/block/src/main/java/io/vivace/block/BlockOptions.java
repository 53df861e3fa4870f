package io.vivace.block;

import io.vivace.block.parquet.Codec;

/// How blocks are written.
///
/// @param rowGroupBytes size at which a row group is cut, in bytes of the file, estimated
/// @param codec compression of pages
/// @param bloomFalsePositive share of ids that the bloom filter may wrongly take for members
/// @param bloomShardBytes size of a bloom filter file without its head
public record BlockOptions(
    long rowGroupBytes, Compression codec, double bloomFalsePositive, int bloomShardBytes) {
  /// Row groups of 32 MB, zstd, Tempo's bloom filter.
  public static final BlockOptions DEFAULT =
      new BlockOptions(
          32_000_000,
          Compression.ZSTD,
          BloomFilter.DEFAULT_FALSE_POSITIVE,
          BloomFilter.DEFAULT_SHARD_BYTES);

  /// Checks the size.
  public BlockOptions {
    if (rowGroupBytes < 1) {
      throw new IllegalArgumentException(
          "row group bytes: " + rowGroupBytes + " (expected: at least 1)");
    }
  }

  /// Compression of pages.
  public enum Compression {
    /// None.
    NONE(Codec.UNCOMPRESSED),
    /// What Tempo writes.
    SNAPPY(Codec.SNAPPY),
    /// Half the size, as fast for our purposes.
    ZSTD(Codec.ZSTD);

    private final int code;

    Compression(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
