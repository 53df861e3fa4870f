package io.vivace.service.storage;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Metric;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.cache.CacheEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/// The metrics of shared caches, under Tempo's names (source: `pkg/cache`).
final class CacheMetrics {
  private static final String NAME = "name";
  private static final double NANOS = 1e9;

  private final Histogram memcached;
  private final Histogram redis;
  private final Counter dropped;
  private final Counter skipped;
  private final List<IntSupplier> queues = new CopyOnWriteArrayList<>();
  private final List<IntSupplier> servers = new CopyOnWriteArrayList<>();

  CacheMetrics(Metrics metrics) {
    double[] bounds = Metrics.exponential(0.000016, 4, 8);
    memcached =
        metrics.histogram(
            "tempo_memcache_request_duration_seconds",
            "How long requests to memcached took.",
            bounds,
            "method",
            "status_code",
            NAME);
    redis =
        metrics.histogram(
            "tempo_rediscache_request_duration_seconds",
            "How long requests to Redis took.",
            bounds,
            "method",
            "status_code",
            NAME);
    dropped =
        metrics.counter(
            "tempo_cache_dropped_background_writes_total",
            "Writes to caches that were dropped because too many waited or the cache was left"
                + " alone.",
            NAME);
    skipped =
        metrics.counter(
            "tempo_memcache_client_set_skip_total",
            "Values that were not written because they were too large.",
            NAME);
    Metric _ =
        metrics.gauge(
            "tempo_cache_background_queue_length",
            "Writes to caches that wait.",
            () -> queues.stream().mapToInt(IntSupplier::getAsInt).sum());
    Metric _ =
        metrics.gauge(
            "tempo_memcache_client_servers",
            "Memcached servers that are used.",
            () -> servers.stream().mapToInt(IntSupplier::getAsInt).sum());
  }

  /// The events of a memcached cache.
  CacheEvents memcached(String name) {
    return new Events(name, memcached, "Memcache.Get", "Memcache.Put");
  }

  /// The events of a Redis cache.
  CacheEvents redis(String name) {
    return new Events(name, redis, "RedisCache.Get", "RedisCache.Put");
  }

  private final class Events implements CacheEvents {
    private final String name;
    private final Histogram requests;
    private final String get;
    private final String put;

    Events(String name, Histogram requests, String get, String put) {
      this.name = name;
      this.requests = requests;
      this.get = get;
      this.put = put;
    }

    @Override
    public void request(Operation operation, Outcome outcome, long nanos) {
      String method =
          switch (operation) {
            case GET -> get;
            case PUT -> put;
          };
      String status =
          switch (outcome) {
            case OK -> "200";
            case MISS -> "404";
            case FAILED -> "500";
          };
      requests.labelValues(method, status, name).observe(nanos / NANOS);
    }

    @Override
    public void dropped() {
      dropped.labelValues(name).inc();
    }

    @Override
    public void skipped() {
      skipped.labelValues(name).inc();
    }

    @Override
    public void servers(IntSupplier count) {
      servers.add(count);
    }

    @Override
    public void queue(IntSupplier length) {
      queues.add(length);
    }
  }
}
