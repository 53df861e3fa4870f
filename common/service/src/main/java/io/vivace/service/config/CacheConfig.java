package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Section `cache`: shared caches and what each holds.
///
/// @param background key `background`
/// @param caches key `caches`
public record CacheConfig(Background background, List<CacheInstance> caches) {

  /// Writes to caches that nobody waits for.
  ///
  /// @param writebackGoroutines key `writeback_goroutines`
  /// @param writebackBuffer key `writeback_buffer`
  public record Background(int writebackGoroutines, int writebackBuffer) {}

  /// One cache. Roles: bloom, trace-id-index, parquet-footer, parquet-column-idx,
  /// parquet-offset-idx, parquet-page, frontend-search.
  ///
  /// @param roles key `roles`
  /// @param memcached key `memcached`
  /// @param redis key `redis`
  public record CacheInstance(
      List<String> roles,
      @WhenPresent @Nullable MemcachedConfig memcached,
      @WhenPresent @Nullable RedisConfig redis) {}

  /// Memcached servers. A zero is the default of the client.
  ///
  /// @param host key `host`
  /// @param service key `service`
  /// @param addresses key `addresses`
  /// @param timeout key `timeout`
  /// @param maxIdleConns key `max_idle_conns`
  /// @param updateInterval key `update_interval`
  /// @param consistentHash key `consistent_hash`
  /// @param circuitBreakerConsecutiveFailures key `circuit_breaker_consecutive_failures`
  /// @param circuitBreakerTimeout key `circuit_breaker_timeout`
  /// @param circuitBreakerInterval key `circuit_breaker_interval`
  /// @param maxItemSize key `max_item_size`
  /// @param ttl key `ttl`
  /// @param tls further keys of the same mapping
  public record MemcachedConfig(
      String host,
      String service,
      String addresses,
      Duration timeout,
      int maxIdleConns,
      Duration updateInterval,
      boolean consistentHash,
      int circuitBreakerConsecutiveFailures,
      Duration circuitBreakerTimeout,
      Duration circuitBreakerInterval,
      int maxItemSize,
      Duration ttl,
      @Inline GrpcClientConfig.ClientTlsConfig tls) {}

  /// A Redis server, cluster or sentinel group. A zero is the default of the client.
  ///
  /// @param endpoint key `endpoint`
  /// @param masterName key `master_name`
  /// @param timeout key `timeout`
  /// @param expiration key `expiration`
  /// @param db key `db`
  /// @param poolSize key `pool_size`
  /// @param username key `username`
  /// @param password key `password`
  /// @param sentinelUsername key `sentinel_username`
  /// @param sentinelPassword key `sentinel_password`
  /// @param tlsEnabled key `tls_enabled`
  /// @param tlsInsecureSkipVerify key `tls_insecure_skip_verify`
  /// @param idleTimeout key `idle_timeout`
  /// @param maxConnectionAge key `max_connection_age`
  /// @param ttl key `ttl`
  public record RedisConfig(
      String endpoint,
      String masterName,
      Duration timeout,
      Duration expiration,
      int db,
      int poolSize,
      String username,
      Secret password,
      String sentinelUsername,
      Secret sentinelPassword,
      boolean tlsEnabled,
      boolean tlsInsecureSkipVerify,
      Duration idleTimeout,
      Duration maxConnectionAge,
      Duration ttl) {}
}
