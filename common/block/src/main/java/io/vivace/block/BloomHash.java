package io.vivace.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The four hashes of an id from which all its bits in a bloom filter follow: MurmurHash3 (x64, 128
/// bits, seed 0) of the id, and of the id followed by a byte 1.
record BloomHash(long h0, long h1, long h2, long h3) {
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  static BloomHash of(byte[] id) {
    long[] first = murmur(id, 0);
    long[] second = murmur(id, 1);
    return new BloomHash(first[0], first[1], second[0], second[1]);
  }

  /// Hash number `i`, to be taken modulo the number of bits, unsigned.
  long location(long i) {
    long base = (i & 1) == 0 ? h0 : h1;
    long factor = ((i + (i & 1)) & 3) >>> 1 == 0 ? h2 : h3;
    return base + i * factor;
  }

  /// Murmur of sixteen bytes and, with `extra` 1, one byte 1 behind them.
  private static long[] murmur(byte[] id, int extra) {
    ByteBuffer in = ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN);
    long h1 = mix1(in.getLong(0));
    h1 = Long.rotateLeft(h1, 27) * 5 + 0x52dce729;
    long h2 = mix2(in.getLong(8));
    h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    if (extra == 1) {
      h1 ^= mix1(1);
    }
    int length = id.length + extra;
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    h1 = finish(h1);
    h2 = finish(h2);
    h1 += h2;
    return new long[] {h1, h2 + h1};
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long finish(long value) {
    long k = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
    return k ^ k >>> 33;
  }
}
