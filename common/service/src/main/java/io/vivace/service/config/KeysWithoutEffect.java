package io.vivace.service.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Keys that are bound and checked, and that nothing uses yet: a file that sets one is told so at
/// the start. A test of the launcher holds the list against the keys that code reads.
public final class KeysWithoutEffect {
  private static final List<String> PREFIXES =
      List.of(
          "cache.caches.memcached.tls_ca_path",
          "cache.caches.memcached.tls_cert_path",
          "cache.caches.memcached.tls_cipher_suites",
          "cache.caches.memcached.tls_insecure_skip_verify",
          "cache.caches.memcached.tls_key_path",
          "cache.caches.memcached.tls_min_version",
          "cache.caches.memcached.tls_server_name",
          "cache.caches.redis.idle_timeout",
          "cache.caches.redis.max_connection_age",
          "cache.caches.redis.pool_size",
          "compactor.ring.heartbeat_period",
          "distributor.receivers.jaeger.protocols.grpc.include_metadata",
          "distributor.receivers.jaeger.protocols.thrift_http.include_metadata",
          "distributor.receivers.jaeger.protocols.thrift_http.read_header_timeout",
          "distributor.receivers.jaeger.protocols.thrift_http.read_timeout",
          "distributor.receivers.jaeger.protocols.thrift_http.write_timeout",
          "distributor.receivers.opencensus.include_metadata",
          "distributor.receivers.opencensus.keepalive.enforcement_policy",
          "distributor.receivers.opencensus.max_concurrent_streams",
          "distributor.receivers.otlp.protocols.grpc.include_metadata",
          "distributor.receivers.otlp.protocols.http.include_metadata",
          "distributor.receivers.otlp.protocols.http.read_header_timeout",
          "distributor.receivers.otlp.protocols.http.read_timeout",
          "distributor.receivers.otlp.protocols.http.write_timeout",
          "distributor.receivers.zipkin.include_metadata",
          "distributor.receivers.zipkin.read_header_timeout",
          "distributor.receivers.zipkin.read_timeout",
          "distributor.receivers.zipkin.write_timeout",
          "distributor.ring.heartbeat_period",
          "ingester.concurrent_flushes",
          "ingester.flush_object_storage",
          "ingester.flush_op_timeout",
          "ingester.lifecycler.heartbeat_period",
          "ingester.lifecycler.heartbeat_timeout",
          "ingester_client.grpc_client_config.backoff_config",
          "ingester_client.grpc_client_config.connect_timeout",
          "ingester_client.grpc_client_config.grpc_compression",
          "ingester_client.grpc_client_config.max_send_msg_size",
          "ingester_client.grpc_client_config.tls_ca_path",
          "ingester_client.grpc_client_config.tls_cert_path",
          "ingester_client.grpc_client_config.tls_cipher_suites",
          "ingester_client.grpc_client_config.tls_insecure_skip_verify",
          "ingester_client.grpc_client_config.tls_key_path",
          "ingester_client.grpc_client_config.tls_min_version",
          "ingester_client.grpc_client_config.tls_server_name",
          "ingester_client.pool_config",
          "internal_server",
          "memberlist.abort_if_cluster_fast_join_fails",
          "memberlist.acquire_writer_timeout",
          "memberlist.broadcast_timeout_for_local_updates_on_shutdown",
          "memberlist.cluster_label_verification_disabled",
          "memberlist.compression_enabled",
          "memberlist.dead_node_reclaim_time",
          "memberlist.gossip_interval",
          "memberlist.gossip_nodes",
          "memberlist.gossip_to_dead_nodes_time",
          "memberlist.leave_timeout",
          "memberlist.max_concurrent_writes",
          "memberlist.message_history_buffer_bytes",
          "memberlist.notify_interval",
          "memberlist.obsolete_entries_timeout",
          "memberlist.packet_dial_timeout",
          "memberlist.packet_write_timeout",
          "memberlist.pull_push_interval",
          "memberlist.retransmit_factor",
          "memberlist.stream_timeout",
          "memberlist.watch_prefix_buffer_size",
          "overrides.defaults.ingestion.tenant_shard_size",
          "overrides.defaults.metrics_generator",
          "overrides.defaults.read.max_metrics_duration",
          "overrides.defaults.read.unsafe_query_hints",
          "overrides.user_configurable_overrides.api",
          "overrides.user_configurable_overrides.client",
          "overrides.user_configurable_overrides.poll_interval",
          "querier.extra_query_delay",
          "querier.frontend_worker.grpc_client_config",
          "querier.frontend_worker.id",
          "querier.metrics",
          "querier.query_relevant_ingesters",
          "querier.shuffle_sharding_ingesters_enabled",
          "querier.shuffle_sharding_ingesters_lookback_period",
          "query_frontend.allowed_headers",
          "query_frontend.log_query_request_headers",
          "query_frontend.max_batch_size",
          "query_frontend.mcp_server",
          "query_frontend.metrics",
          "query_frontend.response_consumers",
          "query_frontend.search.duration_slo",
          "query_frontend.search.ingester_shards",
          "query_frontend.search.metadata_slo",
          "query_frontend.search.most_recent_shards",
          "query_frontend.search.throughput_bytes_slo",
          "query_frontend.search.timeout",
          "query_frontend.trace_by_id.concurrent_shards",
          "query_frontend.trace_by_id.duration_slo",
          "query_frontend.trace_by_id.throughput_bytes_slo",
          "query_frontend.weights",
          "server.grpc_server_max_send_msg_size",
          "server.http_server_idle_timeout",
          "server.http_server_read_timeout",
          "server.http_server_write_timeout",
          "storage.trace.azure.use_v2_sdk",
          "storage.trace.block.version",
          "storage.trace.memcached.tls_ca_path",
          "storage.trace.memcached.tls_cert_path",
          "storage.trace.memcached.tls_cipher_suites",
          "storage.trace.memcached.tls_insecure_skip_verify",
          "storage.trace.memcached.tls_key_path",
          "storage.trace.memcached.tls_min_version",
          "storage.trace.memcached.tls_server_name",
          "storage.trace.pool",
          "storage.trace.redis.idle_timeout",
          "storage.trace.redis.max_connection_age",
          "storage.trace.redis.pool_size",
          "storage.trace.search",
          "storage.trace.wal.ingestion_time_range_slack",
          "storage.trace.wal.version",
          "stream_over_http_enabled",
          "usage_report");

  private KeysWithoutEffect() {}

  /// All of them, in the order of the alphabet. A key stands for everything below it.
  public static List<String> all() {
    return PREFIXES;
  }

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
      } else if (entry.getValue() instanceof Tree.Sequence list) {
        for (Tree item : list.items()) {
          if (item instanceof Tree.Mapping inner) {
            collect(inner, key, found);
          }
        }
      }
    }
  }
}
