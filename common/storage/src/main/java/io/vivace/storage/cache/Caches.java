package io.vivace.storage.cache;

import java.util.function.LongSupplier;

/// Makes shared caches.
public final class Caches {
  private Caches() {}

  /// A cache on memcached servers. It is made at once, whether they are there or not.
  ///
  /// @param name for the log
  /// @param nanoTime a clock that only runs forward, in nanoseconds
  /// @throws IllegalArgumentException when the settings name no server
  public static Cache memcached(
      String name,
      MemcachedSettings settings,
      GuardSettings guard,
      CacheEvents events,
      LongSupplier nanoTime) {
    MemcachedCache remote = new MemcachedCache(settings, ServerAddresses.Lookup.system());
    events.servers(remote::servers);
    return new GuardedCache(name, remote, guard, events, nanoTime);
  }

  /// A cache in Redis, as [#memcached].
  public static Cache redis(
      String name,
      RedisSettings settings,
      GuardSettings guard,
      CacheEvents events,
      LongSupplier nanoTime) {
    return new GuardedCache(name, new RedisCache(settings), guard, events, nanoTime);
  }
}
