package io.vivace.block;

import io.vivace.wire.Fnv;
import io.vivace.wire.TraceId;
import java.nio.ByteBuffer;

/// The bloom filter over the trace ids of a block, cut into shards of equal size, each a file of
/// its own. Written to by one thread; a full one can be read by many.
public final class BloomFilter {
  /// Tempo's default share of ids that are wrongly taken for members.
  public static final double DEFAULT_FALSE_POSITIVE = 0.01;

  /// Tempo's default size of a shard in bytes.
  public static final int DEFAULT_SHARD_BYTES = 102_400;

  private static final int MAX_SHARDS = 1000;
  private static final int HEAD = 24;
  private static final int MAX_HASHES = 1 << 10;

  private final long bits;
  private final long hashes;
  private final long[][] shards;

  private BloomFilter(long bits, long hashes, long[][] shards) {
    this.bits = bits;
    this.hashes = hashes;
    this.shards = shards;
  }

  /// An empty filter for about `objects` ids.
  ///
  /// @param falsePositive between 0 and 1, exclusive
  /// @param shardBytes size of a shard without its head, at least 1
  public static BloomFilter create(long objects, double falsePositive, int shardBytes) {
    if (!(falsePositive > 0 && falsePositive < 1)) {
      throw new IllegalArgumentException(
          "bloom_filter_false_positive: " + falsePositive + " (expected: between 0 and 1)");
    }
    if (shardBytes < 1) {
      throw new IllegalArgumentException(
          "bloom_filter_shard_size_bytes: " + shardBytes + " (expected: at least 1)");
    }
    double wanted = Math.ceil(-objects * Math.log(falsePositive) / Math.pow(Math.log(2), 2));
    // Tempo's k of an empty filter is an accident of converting infinity
    long hashes =
        objects <= 0
            ? Long.MIN_VALUE
            : (long) Math.max(1, Math.ceil(Math.log(2) * wanted / objects));
    long bits = 8L * shardBytes;
    long shards = Math.clamp((long) Math.ceil(wanted / bits), 1, MAX_SHARDS);
    return new BloomFilter(bits, hashes, new long[(int) shards][(shardBytes + 7) / 8]);
  }

  /// Number of shards.
  public int shardCount() {
    return shards.length;
  }

  /// Adds an id.
  ///
  /// @throws IllegalStateException when the filter was made for no ids at all
  public void add(TraceId id) {
    if (hashes < 0) {
      throw new IllegalStateException("bloom filter: made for no ids (expected: at least one)");
    }
    byte[] bytes = id.toBytes();
    long[] words = shards[shard(bytes, shards.length)];
    BloomHash hash = BloomHash.of(bytes);
    for (long i = 0; i < hashes; i++) {
      long bit = Long.remainderUnsigned(hash.location(i), bits);
      words[(int) (bit >>> 6)] |= 1L << (bit & 63);
    }
  }

  /// The file of a shard.
  public byte[] file(int shard) {
    ByteBuffer out = ByteBuffer.allocate(HEAD + 8 * shards[shard].length);
    out.putLong(bits).putLong(hashes).putLong(bits);
    out.asLongBuffer().put(shards[shard]);
    return out.array();
  }

  /// Which of `shardCount` shards `id` belongs to.
  ///
  /// @param shardCount as in the meta; 0 means 10
  public static int shardOf(TraceId id, int shardCount) {
    return shard(id.toBytes(), shardCount == 0 ? 10 : shardCount);
  }

  private static int shard(byte[] id, int shardCount) {
    return Integer.remainderUnsigned(Fnv.hash32(id), shardCount);
  }

  /// Whether the shard in `file` may have `id`: false is certain.
  ///
  /// @param block name for errors
  /// @throws BlockFormatException when the file is damaged
  public static boolean mayContain(byte[] file, TraceId id, String block)
      throws BlockFormatException {
    if (file.length < HEAD) {
      throw new BlockFormatException(
          block, "bloom filter: " + file.length + " bytes (expected: 24)");
    }
    ByteBuffer in = ByteBuffer.wrap(file);
    long bits = in.getLong();
    long hashes = in.getLong();
    long length = in.getLong();
    long expected = HEAD + (bits + 63) / 64 * 8;
    if (bits <= 0 || bits != length || bits > 8L * file.length || expected != file.length) {
      throw new BlockFormatException(
          block, "bloom filter: " + bits + " bits in " + file.length + " bytes (expected: to fit)");
    }
    if (hashes == 0) {
      throw new BlockFormatException(block, "bloom filter hashes: 0 (expected: at least 1)");
    }
    if (hashes < 0 || hashes > MAX_HASHES) {
      // only a filter made for no ids has so many, and it stays empty
      for (int at = HEAD; at < file.length; at += 8) {
        if (in.getLong(at) != 0) {
          throw new BlockFormatException(
              block,
              "bloom filter hashes: "
                  + Long.toUnsignedString(hashes)
                  + " (expected: at most "
                  + MAX_HASHES
                  + ")");
        }
      }
      return false;
    }
    BloomHash hash = BloomHash.of(id.toBytes());
    for (long i = 0; i < hashes; i++) {
      long bit = Long.remainderUnsigned(hash.location(i), bits);
      if ((in.getLong(HEAD + (int) (bit >>> 6) * 8) >>> (bit & 63) & 1) == 0) {
        return false;
      }
    }
    return true;
  }
}
