package io.vivace.service.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values that bind but cannot be used.
final class Validation {
  private static final String[] CACHE_ROLES = {
    "bloom",
    "trace-id-index",
    "parquet-footer",
    "parquet-column-idx",
    "parquet-offset-idx",
    "parquet-page",
    "frontend-search"
  };

  private final List<String> problems = new ArrayList<>();

  private Validation() {}

  static List<String> problems(TempoConfig config) {
    Validation validation = new Validation();
    validation.ports(config);
    validation.words(config);
    validation.tls(config);
    validation.caches(config);
    return validation.problems;
  }

  private void ports(TempoConfig config) {
    port("server.http_listen_port", config.server().httpListenPort());
    port("server.grpc_listen_port", config.server().grpcListenPort());
    port("internal_server.http_listen_port", config.internalServer().httpListenPort());
    port("gateway.http_listen_port", config.gateway().httpListenPort());
    port("gateway.admin_listen_port", config.gateway().adminListenPort());
    port("memberlist.bind_port", config.memberlist().bindPort());
  }

  private void words(TempoConfig config) {
    oneOf("storage.trace.wal.fsync", config.storage().trace().wal().fsync(), "group", "none");
    oneOf("server.log_format", config.server().logFormat(), "logfmt", "json");
    oneOf("server.log_level", config.server().logLevel(), "debug", "info", "warn", "error");
    oneOf("gateway.access_log", config.gateway().accessLog(), "all", "failed", "none");
    oneOf(
        "storage.trace.backend",
        config.storage().trace().backend(),
        "",
        "local",
        "s3",
        "gcs",
        "azure");
    oneOf(
        "overrides.defaults.ingestion.rate_strategy",
        config.overrides().defaults().ingestion().rateStrategy(),
        "local",
        "global");
  }

  /// A port that was meant to be encrypted must not listen in the clear.
  private void tls(TempoConfig config) {
    Map.of(
            "server.http_tls_config", config.server().httpTlsConfig(),
            "server.grpc_tls_config", config.server().grpcTlsConfig())
        .forEach((path, tls) -> {
          if (!tls.certFile().isEmpty() || !tls.cert().isEmpty()) {
            problems.add(
                path + ": a certificate (expected: nothing, TLS is not supported on this port)");
          }
        });
  }

  private void caches(TempoConfig config) {
    Set<String> taken = new HashSet<>();
    List<CacheConfig.CacheInstance> caches = config.cache().caches();
    for (int i = 0; i < caches.size(); i++) {
      CacheConfig.CacheInstance cache = caches.get(i);
      String path = "cache.caches[" + i + "]";
      for (String role : cache.roles()) {
        oneOf(path + ".roles", role, CACHE_ROLES);
        if (!taken.add(role)) {
          problems.add(path + ".roles: " + role + " (expected: each role once)");
        }
      }
      if (cache.roles().isEmpty()) {
        problems.add(path + ".roles: none (expected: at least one)");
      }
      cache(path, cache.memcached(), cache.redis());
    }
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    oneOf("storage.trace.cache", trace.cache(), "", "memcached", "redis");
    if (!trace.cache().isEmpty()) {
      if (!taken.add("bloom")) {
        problems.add("storage.trace.cache: bloom (expected: no cache with this role besides)");
      }
      boolean isMemcached = trace.cache().equals("memcached");
      cache(
          "storage.trace",
          isMemcached ? trace.memcached() : null,
          isMemcached ? null : trace.redis());
    }
  }

  private void cache(
      String path,
      CacheConfig.@Nullable MemcachedConfig memcached,
      CacheConfig.@Nullable RedisConfig redis) {
    if ((memcached == null) == (redis == null)) {
      problems.add(path + ": (expected: one of memcached and redis)");
    }
    if (memcached != null) {
      if (memcached.host().isBlank() && memcached.addresses().isBlank()) {
        problems.add(path + ".memcached: no servers (expected: host or addresses)");
      }
      if (memcached.tls().tlsEnabled()) {
        problems.add(
            path
                + ".memcached.tls_enabled: true (expected: false, TLS to memcached is not"
                + " supported)");
      }
    }
    if (redis != null && redis.endpoint().isBlank()) {
      problems.add(path + ".redis.endpoint: nothing (expected: host:port)");
    }
  }

  private void port(String path, int value) {
    if (value < 0 || value > 65_535) {
      problems.add(path + ": " + value + " (expected: 0 to 65535)");
    }
  }

  private void oneOf(String path, String value, String... words) {
    if (!List.of(words).contains(value)) {
      String expected = String.join(", ", words).replaceFirst("^, ", "");
      problems.add(path + ": " + value + " (expected: one of " + expected + ")");
    }
  }
}
