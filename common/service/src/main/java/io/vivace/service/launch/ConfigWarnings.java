package io.vivace.service.launch;

import io.vivace.service.config.CompactorConfig.CompactionConfig;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.StorageConfig.TraceStorageConfig;
import io.vivace.service.config.TempoConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is allowed but is probably a mistake, and what does nothing here. Source of the rules:
/// Tempo 2.9 `cmd/tempo/app/config.go`.
final class ConfigWarnings {
  private final List<String> warnings = new ArrayList<>();

  private ConfigWarnings() {}

  /// The warnings, each one sentence; empty when there is nothing to say.
  static List<String> of(ConfigLoader.Loaded loaded) {
    ConfigWarnings warnings = new ConfigWarnings();
    warnings.times(loaded.config());
    warnings.rest(loaded.config());
    return warnings.warnings;
  }

  /// The keys that do nothing here, each one sentence. They are no mistake: a file for Tempo sets
  /// them rightly, so they do not fail a check of the configuration.
  static List<String> notices(ConfigLoader.Loaded loaded) {
    return loaded.withoutEffect().stream()
        .map(key -> key + ": accepted, has no effect here")
        .toList();
  }

  private void times(TempoConfig config) {
    TraceStorageConfig storage = config.storage().trace();
    CompactionConfig compaction = config.compactor().compaction();
    Duration poll = storage.blocklistPoll();
    warn(
        config.ingester().completeBlockTimeout().compareTo(poll) < 0,
        "ingester.complete_block_timeout is shorter than storage.trace.blocklist_poll: a flushed"
            + " block may not be seen for a while");
    warn(
        compaction.blockRetention().compareTo(poll) < 0,
        "compactor.compaction.block_retention is shorter than storage.trace.blocklist_poll:"
            + " queries may ask for blocks that are gone");
    warn(
        compaction.retentionConcurrency() == 0,
        "compactor.compaction.retention_concurrency: 0 (expected: at least 1)");
    warn(
        storage.blocklistPollConcurrency() == 0,
        "storage.trace.blocklist_poll_concurrency: 0 (expected: at least 1)");
  }

  private void rest(TempoConfig config) {
    TraceStorageConfig storage = config.storage().trace();
    warn(
        config.distributor().logReceivedSpans().enabled()
            || config.distributor().logReceivedTraces(),
        "distributor.log_received_spans: true logs every span, for debugging only");
    warn(
        config.distributor().logDiscardedSpans().enabled(),
        "distributor.log_discarded_spans: true logs every refused span, for debugging only");
    warn(
        config.queryFrontend().mcpServer().enabled(),
        "query_frontend.mcp_server.enabled: true lets language models read traces");
    warn(
        config.queryFrontend().traceById().concurrentShards()
            > config.queryFrontend().traceById().queryShards(),
        "query_frontend.trace_by_id.concurrent_shards is larger than query_shards");
    warn(
        !storage.wal().version().isEmpty()
            && !storage.wal().version().equals(storage.block().version()),
        "storage.trace.block.version differs from storage.trace.wal.version");
    warn(
        !storage.cache().isEmpty(),
        "storage.trace.cache: the old spelling (expected: section cache)");
  }

  private void warn(boolean when, String text) {
    if (when) {
      warnings.add(text);
    }
  }
}
