package io.vivace.wire;

import java.nio.charset.StandardCharsets;

/// FNV-1 (multiply, then xor), the hash behind ring tokens and bloom filter shards.
public final class Fnv {
  private static final int OFFSET_32 = 0x811c9dc5;
  private static final int PRIME_32 = 16777619;

  private Fnv() {}

  /// The token of a trace of a tenant in the ring: over the tenant's UTF-8 bytes, then the sixteen
  /// bytes of the id. Unsigned.
  public static int ringToken(String tenant, TraceId traceId) {
    return hash(hash(OFFSET_32, tenant.getBytes(StandardCharsets.UTF_8)), traceId.toBytes());
  }

  /// The 32-bit hash of `bytes`. Unsigned.
  public static int hash32(byte[] bytes) {
    return hash(OFFSET_32, bytes);
  }

  private static int hash(int start, byte[] bytes) {
    int hash = start;
    for (byte value : bytes) {
      hash = (hash * PRIME_32) ^ (value & 0xff);
    }
    return hash;
  }
}
