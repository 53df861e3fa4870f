package io.vivace.service.storage;

import io.vivace.service.config.CacheConfig;
import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.cache.BlockCaches;
import io.vivace.storage.cache.Cache;
import io.vivace.storage.cache.CacheRole;
import io.vivace.storage.cache.Caches;
import io.vivace.storage.cache.GuardSettings;
import io.vivace.storage.cache.LocalCache;
import io.vivace.storage.cache.MemcachedSettings;
import io.vivace.storage.cache.RedisSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The caches before the object store: those of `cache.caches`, the older one of
/// `storage.trace.cache`, and one in the process.
@Configuration(proxyBeanMethods = false)
public class CacheConfiguration {
  @Bean(destroyMethod = "close")
  BlockCaches blockCaches(TempoConfig config, ObjectStore objects, Metrics metrics, Clock clock) {
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    long heap = Runtime.getRuntime().maxMemory();
    return new BlockCaches(
        objects,
        new LocalCache(LocalCache.bytesFor(heap)),
        shared(config, new CacheMetrics(metrics), LocalCache.bytesFor(heap)),
        new BlockCaches.BloomRules(trace.cacheMinCompactionLevel(), trace.cacheMaxBlockAge()),
        clock);
  }

  /// @param waitingBytes bytes of writes that may wait for each cache
  private static Map<CacheRole, Cache> shared(
      TempoConfig config, CacheMetrics metrics, long waitingBytes) {
    Map<CacheRole, Cache> shared = new EnumMap<>(CacheRole.class);
    Maker maker = new Maker(metrics, config.cache().background(), waitingBytes);
    for (CacheConfig.CacheInstance section : config.cache().caches()) {
      Cache cache =
          maker.cache(String.join("|", section.roles()), section.memcached(), section.redis());
      roles(section.roles()).forEach(role -> shared.put(role, cache));
    }
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    Maker legacy = new Maker(metrics, trace.backgroundCache(), waitingBytes);
    switch (trace.cache()) {
      case "memcached" ->
          shared.put(CacheRole.BLOOM, legacy.cache("legacy", trace.memcached(), null));
      case "redis" -> shared.put(CacheRole.BLOOM, legacy.cache("legacy", null, trace.redis()));
      default -> {}
    }
    return shared;
  }

  private static List<CacheRole> roles(List<String> names) {
    return names.stream()
        .map(name -> CacheRole.of(name).orElseThrow())
        .collect(Collectors.toList());
  }

  private record Maker(CacheMetrics metrics, CacheConfig.Background background, long waitingBytes) {
    Cache cache(
        String name,
        CacheConfig.@Nullable MemcachedConfig memcached,
        CacheConfig.@Nullable RedisConfig redis) {
      if (memcached != null) {
        return memcached(name, memcached);
      }
      if (redis != null) {
        return redis(name, redis);
      }
      throw new IllegalStateException("cache " + name + ": nothing (expected: memcached or redis)");
    }

    private Cache memcached(String name, CacheConfig.MemcachedConfig section) {
      if (section.tls().tlsEnabled()) {
        throw new IllegalStateException(
            "cache " + name + ": tls_enabled (expected: false, TLS to memcached is not supported)");
      }
      MemcachedSettings settings =
          new MemcachedSettings(
              section.addresses(),
              section.host(),
              section.service(),
              section.timeout(),
              section.maxIdleConns(),
              section.updateInterval(),
              section.consistentHash(),
              section.ttl());
      GuardSettings guard =
          guard(
              section.timeout(),
              section.circuitBreakerConsecutiveFailures(),
              section.circuitBreakerTimeout(),
              section.circuitBreakerInterval(),
              section.maxItemSize());
      return Caches.memcached(name, settings, guard, metrics.memcached(name), System::nanoTime);
    }

    private Cache redis(String name, CacheConfig.RedisConfig section) {
      RedisSettings settings =
          new RedisSettings(
              section.endpoint(),
              section.masterName(),
              section.timeout(),
              section.db(),
              section.username(),
              section.password().value(),
              section.sentinelUsername(),
              section.sentinelPassword().value(),
              section.tlsEnabled(),
              section.tlsInsecureSkipVerify(),
              section.expiration().isZero() ? section.ttl() : section.expiration());
      GuardSettings guard = guard(section.timeout(), 0, Duration.ZERO, Duration.ZERO, 0);
      return Caches.redis(name, settings, guard, metrics.redis(name), System::nanoTime);
    }

    private GuardSettings guard(
        Duration timeout, int failures, Duration pause, Duration interval, int maxItemBytes) {
      return new GuardSettings(
          timeout,
          failures,
          pause,
          interval,
          background.writebackGoroutines(),
          background.writebackBuffer(),
          waitingBytes,
          maxItemBytes);
    }
  }
}
