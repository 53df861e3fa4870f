package io.vivace.service.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Keys that are bound and checked, and that nothing uses yet: a file that sets one is told so at
/// the start.
final class KeysWithoutEffect {
  private static final List<String> PREFIXES =
      List.of(
          "cache",
          "compactor.override_ring_key",
          "distributor.extend_writes",
          "distributor.override_ring_key",
          "distributor.receivers.jaeger.protocols.thrift_http.read_header_timeout",
          "distributor.receivers.jaeger.protocols.thrift_http.read_timeout",
          "distributor.receivers.jaeger.protocols.thrift_http.write_timeout",
          "distributor.receivers.jaeger.remote_sampling",
          "distributor.receivers.opencensus.keepalive.enforcement_policy",
          "distributor.receivers.opencensus.max_concurrent_streams",
          "distributor.receivers.otlp.protocols.http.read_header_timeout",
          "distributor.receivers.otlp.protocols.http.read_timeout",
          "distributor.receivers.otlp.protocols.http.write_timeout",
          "ingester.concurrent_flushes",
          "ingester.flush_object_storage",
          "ingester.flush_op_timeout",
          "ingester.lifecycler.availability_zone",
          "ingester.lifecycler.final_sleep",
          "ingester.lifecycler.join_after",
          "ingester.lifecycler.min_ready_duration",
          "ingester.lifecycler.num_tokens",
          "ingester.lifecycler.observe_period",
          "ingester.lifecycler.readiness_check_ring_health",
          "ingester.lifecycler.ring.zone_awareness_enabled",
          "ingester.lifecycler.tokens_file_path",
          "ingester.lifecycler.unregister_on_shutdown",
          "ingester.override_ring_key",
          "ingester_client.pool_config",
          "internal_server",
          "memberlist",
          "overrides.user_configurable_overrides",
          "querier.extra_query_delay",
          "querier.metrics",
          "querier.query_relevant_ingesters",
          "querier.shuffle_sharding_ingesters_enabled",
          "query_frontend.allowed_headers",
          "query_frontend.max_batch_size",
          "query_frontend.metrics",
          "query_frontend.response_consumers",
          "query_frontend.search.ingester_shards",
          "query_frontend.search.most_recent_shards",
          "query_frontend.weights",
          "server.http_server_read_timeout",
          "server.http_server_write_timeout",
          "storage.trace.background_cache",
          "storage.trace.blocklist_poll_fallback",
          "storage.trace.blocklist_poll_jitter_ms",
          "storage.trace.blocklist_poll_stale_tenant_index",
          "storage.trace.blocklist_poll_tenant_index_builders",
          "storage.trace.cache",
          "storage.trace.empty_tenant_deletion_enabled",
          "storage.trace.memcached",
          "storage.trace.pool",
          "storage.trace.redis",
          "storage.trace.search",
          "storage.trace.wal.ingestion_time_range_slack",
          "stream_over_http_enabled",
          "usage_report");

  private KeysWithoutEffect() {}

  /// The keys of a file that have no effect, one line for each mapping that has none as a whole.
  static List<String> in(Tree.Mapping root) {
    List<String> found = new ArrayList<>();
    collect(root, "", found);
    return found;
  }

  private static void collect(Tree.Mapping mapping, String path, List<String> found) {
    for (Map.Entry<String, Tree> entry : mapping.entries().entrySet()) {
      String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      if (PREFIXES.contains(key.replaceAll("/[^.]*", ""))) {
        found.add(key);
      } else if (entry.getValue() instanceof Tree.Mapping inner) {
        collect(inner, key, found);
      }
    }
  }
}
