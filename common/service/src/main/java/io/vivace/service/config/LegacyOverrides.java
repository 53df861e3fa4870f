package io.vivace.service.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Turns the flat limits of Tempo before 2.3 (`ingestion_rate_limit_bytes`) into the nested ones
/// (`ingestion.rate_limit_bytes`). Source: Tempo 2.9 `modules/overrides/config_legacy.go` (names).
final class LegacyOverrides {
  private static final Map<String, String> FLAT = new LinkedHashMap<>();

  static {
    for (String key :
        List.of(
            "ingestion_rate_strategy ingestion.rate_strategy",
            "ingestion_rate_limit_bytes ingestion.rate_limit_bytes",
            "ingestion_burst_size_bytes ingestion.burst_size_bytes",
            "ingestion_tenant_shard_size ingestion.tenant_shard_size",
            "ingestion_max_attribute_bytes ingestion.max_attribute_bytes",
            "ingestion_artificial_delay ingestion.artificial_delay",
            "max_traces_per_user ingestion.max_traces_per_user",
            "max_global_traces_per_user ingestion.max_global_traces_per_user",
            "max_bytes_per_tag_values_query read.max_bytes_per_tag_values_query",
            "max_blocks_per_tag_values_query read.max_blocks_per_tag_values_query",
            "max_search_duration read.max_search_duration",
            "max_metrics_duration read.max_metrics_duration",
            "unsafe_query_hints read.unsafe_query_hints",
            "block_retention compaction.block_retention",
            "compaction_window compaction.compaction_window",
            "compaction_disabled compaction.compaction_disabled",
            "max_bytes_per_trace global.max_bytes_per_trace",
            "parquet_dedicated_columns storage.parquet_dedicated_columns",
            "metrics_generator_ring_size metrics_generator.ring_size",
            "metrics_generator_processors metrics_generator.processors",
            "metrics_generator_max_active_series metrics_generator.max_active_series",
            "metrics_generator_collection_interval metrics_generator.collection_interval",
            "metrics_generator_disable_collection metrics_generator.disable_collection",
            "metrics_generator_generate_native_histograms"
                + " metrics_generator.generate_native_histograms",
            "metrics_generator_trace_id_label_name metrics_generator.trace_id_label_name",
            "metrics_generator_remote_write_headers metrics_generator.remote_write_headers",
            "metrics_generator_forwarder_queue_size metrics_generator.forwarder.queue_size",
            "metrics_generator_forwarder_workers metrics_generator.forwarder.workers",
            "metrics_generator_ingestion_time_range_slack"
                + " metrics_generator.ingestion_time_range_slack")) {
      int space = key.indexOf(' ');
      FLAT.put(key.substring(0, space), key.substring(space + 1));
    }
    group("service_graphs", "histogram_buckets dimensions peer_attributes");
    group(
        "service_graphs",
        "enable_client_server_prefix enable_messaging_system_latency_histogram"
            + " enable_virtual_node_label");
    group(
        "span_metrics",
        "histogram_buckets dimensions intrinsic_dimensions filter_policies dimension_mappings"
            + " enable_target_info target_info_excluded_dimensions");
    group(
        "local_blocks",
        "max_live_traces max_block_duration max_block_bytes flush_check_period trace_idle_period"
            + " complete_block_timeout");
  }

  private LegacyOverrides() {}

  private static void group(String processor, String keys) {
    for (String key : keys.split(" ", -1)) {
      FLAT.put(
          "metrics_generator_processor_" + processor + "_" + key,
          "metrics_generator.processor." + processor + "." + key);
    }
  }

  /// Whether `limits` uses at least one flat name.
  static boolean uses(Tree.Mapping limits) {
    return limits.entries().keySet().stream().anyMatch(FLAT::containsKey);
  }

  /// The configuration with flat limits of section `overrides` moved below `overrides.defaults`.
  /// Both spellings in one section are a problem, as in Tempo.
  static Tree.Mapping modernize(Tree.Mapping root, List<String> problems) {
    if (!(root.entries().get("overrides") instanceof Tree.Mapping overrides) || !uses(overrides)) {
      return root;
    }
    if (overrides.entries().containsKey("defaults")) {
      problems.add(
          "overrides: flat limits ("
              + String.join(", ", flatNames(overrides))
              + ") beside overrides.defaults (expected: one of the two)");
      return without(root, overrides);
    }
    Map<String, Tree> rest = new LinkedHashMap<>();
    Map<String, Tree> limits = new LinkedHashMap<>();
    overrides.entries().forEach((key, value) -> (limit(key) ? limits : rest).put(key, value));
    rest.put("defaults", nest(new Tree.Mapping(limits, overrides.line())));
    return replace(root, new Tree.Mapping(rest, overrides.line()));
  }

  /// One tenant's limits with flat names turned into nested ones; other keys stay.
  static Tree.Mapping nest(Tree.Mapping limits) {
    Tree.Mapping result = new Tree.Mapping(Map.of(), limits.line());
    for (Map.Entry<String, Tree> entry : limits.entries().entrySet()) {
      String path = FLAT.getOrDefault(entry.getKey(), entry.getKey());
      result = put(result, path, entry.getValue());
    }
    return result;
  }

  private static boolean limit(String key) {
    return FLAT.containsKey(key) || key.equals("forwarders") || key.equals("cost_attribution");
  }

  private static Set<String> flatNames(Tree.Mapping overrides) {
    Set<String> names = new TreeSet<>(overrides.entries().keySet());
    names.retainAll(FLAT.keySet());
    return names;
  }

  private static Tree.Mapping without(Tree.Mapping root, Tree.Mapping overrides) {
    Map<String, Tree> rest = new LinkedHashMap<>(overrides.entries());
    rest.keySet().removeAll(FLAT.keySet());
    return replace(root, new Tree.Mapping(rest, overrides.line()));
  }

  private static Tree.Mapping replace(Tree.Mapping root, Tree.Mapping overrides) {
    Map<String, Tree> entries = new LinkedHashMap<>(root.entries());
    entries.put("overrides", overrides);
    return new Tree.Mapping(entries, root.line());
  }

  private static Tree.Mapping put(Tree.Mapping into, String path, Tree value) {
    int dot = path.indexOf('.');
    Map<String, Tree> entries = new LinkedHashMap<>(into.entries());
    if (dot < 0) {
      entries.put(path, value);
    } else {
      String key = path.substring(0, dot);
      Tree.Mapping below =
          entries.get(key) instanceof Tree.Mapping mapping
              ? mapping
              : new Tree.Mapping(Map.of(), into.line());
      entries.put(key, put(below, path.substring(dot + 1), value));
    }
    return new Tree.Mapping(entries, into.line());
  }
}
