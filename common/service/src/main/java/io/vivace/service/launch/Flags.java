package io.vivace.service.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The flags of the command line: Tempo 2.9's, each with the configuration key that it sets.
final class Flags {
  static final String CONFIG_FILE = "config.file";
  static final String EXPAND = "config.expand-env";
  static final String VERIFY = "config.verify";
  static final String VERSION = "version";
  static final String HELP = "help";

  private static final String IGNORED = "accepted and ignored: it belongs to the Go runtime";

  private final Map<String, Flag> flags = new LinkedHashMap<>();

  Flags() {
    own(CONFIG_FILE, false, "YAML file with the configuration");
    own(EXPAND, true, "expand ${NAME} and ${NAME:-value} in the file");
    own(VERIFY, true, "check the configuration and end: 0 when there is no warning, else 1");
    own(VERSION, true, "print the version and end");
    own(HELP, true, "print this and end");
    own("h", true, "print this and end");
    own("mem-ballast-size-mbs", false, IGNORED);
    own("mutex-profile-fraction", false, IGNORED);
    own("block-profile-threshold", false, IGNORED);
    own("enable-go-runtime-metrics", true, IGNORED);
    value("target", "target");
    truth("multitenancy.enabled", "multitenancy_enabled");
    truth("auth.enabled", "auth_enabled");
    value("http-api-prefix", "http_api_prefix");
    value("shutdown-delay", "shutdown_delay");
    value("log.level", "server.log_level");
    value("log.format", "server.log_format");
    server();
    distributor();
    ingester();
    storage();
    value("querier.frontend-address", "querier.frontend_worker.frontend_address");
    value(
        "querier.max-bytes-per-tag-values-query",
        "overrides.defaults.read.max_bytes_per_tag_values_query");
    value(
        "querier.max-blocks-per-tag-values-query",
        "overrides.defaults.read.max_blocks_per_tag_values_query");
    value("config.per-user-override-config", "overrides.per_tenant_override_config");
    value("config.per-user-override-period", "overrides.per_tenant_override_period");
    truth("reporting.enabled", "usage_report.reporting_enabled");
    compactor();
    value("memberlist.bind-port", "memberlist.bind_port");
    value("memberlist.host-port", "memberlist.join_members");
    value("memberlist.message-history-buffer-bytes", "memberlist.message_history_buffer_bytes");
  }

  private void server() {
    for (String key :
        List.of(
            "http_listen_address",
            "http_listen_port",
            "grpc_listen_address",
            "grpc_listen_port",
            "graceful_shutdown_timeout",
            "grpc_server_max_recv_msg_size",
            "grpc_server_max_send_msg_size")) {
      value("server." + dashed(key), "server." + key);
    }
    value("server.http-read-timeout", "server.http_server_read_timeout");
    value("server.http-write-timeout", "server.http_server_write_timeout");
    value("server.http-idle-timeout", "server.http_server_idle_timeout");
    value("server.path-prefix", "server.http_path_prefix");
  }

  private void distributor() {
    String spans = "distributor.log_received_spans.";
    truth("distributor.log-received-traces", "distributor.log_received_traces");
    truth("distributor.log-received-spans.enabled", spans + "enabled");
    truth("distributor.log-received-spans.include-attributes", spans + "include_all_attributes");
    truth(
        "distributor.log-received-spans.filter-by-status-error", spans + "filter_by_status_error");
    String limits = "overrides.defaults.ingestion.";
    value("distributor.rate-limit-strategy", limits + "rate_strategy");
    value("distributor.ingestion-rate-limit-bytes", limits + "rate_limit_bytes");
    value("distributor.ingestion-burst-size-bytes", limits + "burst_size_bytes");
  }

  private void ingester() {
    for (String key :
        List.of(
            "trace_idle_period",
            "max_block_duration",
            "max_block_bytes",
            "complete_block_timeout")) {
      value("ingester." + dashed(key), "ingester." + key);
    }
    value("ingester.availability-zone", "ingester.lifecycler.availability_zone");
    String limits = "overrides.defaults.";
    value("ingester.max-traces-per-user", limits + "ingestion.max_traces_per_user");
    value("ingester.max-global-traces-per-user", limits + "ingestion.max_global_traces_per_user");
    value("ingester.max-bytes-per-trace", limits + "global.max_bytes_per_trace");
  }

  private void storage() {
    value("storage.trace.backend", "storage.trace.backend");
    value("storage.trace.local.path", "storage.trace.local.path");
    value("storage.trace.wal.path", "storage.trace.wal.path");
    value("storage.trace.maintenance-cycle", "storage.trace.blocklist_poll");
    for (String key :
        List.of("bucket", "prefix", "endpoint", "region", "access_key", "secret_key")) {
      value("storage.trace.s3." + key, "storage.trace.s3." + key);
    }
    value("storage.trace.gcs.bucket", "storage.trace.gcs.bucket_name");
    value("storage.trace.gcs.prefix", "storage.trace.gcs.prefix");
    String azure = "storage.trace.azure.";
    for (String key : List.of("storage_account_name", "storage_account_key", "container_name")) {
      value(azure + key, azure + key);
    }
  }

  private void compactor() {
    String to = "compactor.compaction.";
    value("compactor.compaction.block-retention", to + "block_retention");
    value("compactor.compaction.max-objects-per-block", to + "max_compaction_objects");
    value("compactor.compaction.max-block-bytes", to + "max_block_bytes");
    value("compactor.compaction.compaction-window", to + "compaction_window");
    truth("compactor.disabled", "compactor.disabled");
  }

  /// The flag of this name, or null.
  @Nullable Flag get(String name) {
    return flags.get(name);
  }

  /// The text of `-help`.
  String usage() {
    StringBuilder text = new StringBuilder("Usage: vivace [-flag=value …]\n");
    flags
        .values()
        .forEach(flag -> text.append("  -%-52s %s%n".formatted(flag.name(), flag.help())));
    return text.toString();
  }

  private void own(String name, boolean truth, String help) {
    flags.put(name, new Flag(name, truth, null, help));
  }

  private void value(String name, String key) {
    flags.put(name, new Flag(name, false, key, "sets " + key));
  }

  private void truth(String name, String key) {
    flags.put(name, new Flag(name, true, key, "sets " + key));
  }

  private static String dashed(String key) {
    return key.replace('_', '-');
  }
}
