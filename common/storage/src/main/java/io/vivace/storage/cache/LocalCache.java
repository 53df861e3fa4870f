package io.vivace.storage.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/// A cache in the memory of this process, bounded in bytes.
public final class LocalCache implements Cache {
  /// What a key and the bookkeeping take, about.
  private static final int OVERHEAD = 200;

  private static final long LEAST_BYTES = 4 << 20;
  private static final long MOST_BYTES = 256 << 20;

  private final com.github.benmanes.caffeine.cache.Cache<String, byte[]> values;

  /// @param bytes most bytes of values
  public LocalCache(long bytes) {
    values =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((String key, byte[] value) -> OVERHEAD + value.length)
            .executor(Runnable::run)
            .build();
  }

  /// A sixteenth of the heap, but at least 4 MiB and at most 256 MiB.
  ///
  /// @param heap most bytes of the heap
  public static long bytesFor(long heap) {
    return Math.clamp(heap / 16, LEAST_BYTES, MOST_BYTES);
  }

  @Override
  public byte @Nullable [] get(String key) {
    return values.getIfPresent(key);
  }

  @Override
  public void put(String key, byte[] value) {
    values.put(key, value);
  }
}
