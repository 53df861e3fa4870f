package io.vivace.storage.cache;

import org.jspecify.annotations.Nullable;

/// Bytes by key. What is put may be gone at any time. No method fails or blocks for longer than the
/// cache's timeout.
public interface Cache extends AutoCloseable {
  /// What was put under `key`, null when there is nothing. The array is not the caller's.
  byte @Nullable [] get(String key);

  /// Keeps `value`, which must not be changed afterwards.
  void put(String key, byte[] value);

  /// Whether it ever keeps anything.
  default boolean isUsed() {
    return true;
  }

  @Override
  default void close() {}

  /// A cache of nothing.
  static Cache none() {
    return new Cache() {
      @Override
      public byte @Nullable [] get(String key) {
        return null;
      }

      @Override
      public void put(String key, byte[] value) {}

      @Override
      public boolean isUsed() {
        return false;
      }
    };
  }
}
