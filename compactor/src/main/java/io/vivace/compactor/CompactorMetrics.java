package io.vivace.compactor;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.vivace.service.metrics.Metrics;
import java.time.Duration;

/// The compactor's metrics under Tempo's names (sources: `tempodb/compactor.go`,
/// `tempodb/tempodb.go`).
final class CompactorMetrics {
  private static final String LEVEL = "level";
  private static final double NANOS = 1e9;

  private final Counter blocks;
  private final Counter objects;
  private final Counter bytes;
  private final Counter combined;
  private final Gauge spans;
  private final Counter errors;
  private final Gauge outstanding;
  private final Counter marked;
  private final Counter deleted;
  private final Counter retentionErrors;
  private final Histogram retentionDuration;
  private final Gauge clockSkew;

  CompactorMetrics(Metrics metrics) {
    blocks = metrics.counter("tempodb_compaction_blocks_total", "Blocks that were merged.", LEVEL);
    objects =
        metrics.counter(
            "tempodb_compaction_objects_written_total", "Traces of merged blocks.", LEVEL);
    bytes =
        metrics.counter("tempodb_compaction_bytes_written_total", "Bytes of merged blocks.", LEVEL);
    combined =
        metrics.counter(
            "tempodb_compaction_objects_combined_total",
            "Traces that were in more than one block.",
            LEVEL);
    spans =
        metrics.gauge(
            "tempodb_compaction_spans_combined_total",
            "Copies of spans that were dropped.",
            "replication_factor");
    errors = metrics.counter("tempodb_compaction_errors_total", "Compactions that failed.");
    outstanding =
        metrics.gauge(
            "tempodb_compaction_outstanding_blocks", "Blocks that wait to be merged.", "tenant");
    marked =
        metrics.counter(
            "tempodb_retention_marked_for_deletion_total", "Blocks past their retention.");
    deleted = metrics.counter("tempodb_retention_deleted_total", "Blocks that were removed.");
    retentionErrors =
        metrics.counter(
            "tempodb_retention_errors_total", "Rounds of retention that failed or were refused.");
    retentionDuration =
        metrics.histogram(
            "tempodb_retention_duration_seconds",
            "How long rounds of retention took.",
            Metrics.exponential(0.25, 2, 6));
    clockSkew =
        metrics.gauge(
            "tempo_compactor_clock_skew_seconds",
            "How far this clock is ahead of the object store's, by the last look.");
  }

  void merged(int inputs, Compaction.Result result) {
    String level = String.valueOf(result.block().compactionLevel() - 1);
    blocks.labelValues(level).inc(inputs);
    objects.labelValues(level).inc(result.block().totalObjects());
    bytes.labelValues(level).inc(result.block().size());
    combined.labelValues(level).inc(result.merged().combined());
    spans
        .labelValues(String.valueOf(result.block().replicationFactor()))
        .inc(result.merged().duplicates());
  }

  void failed() {
    errors.inc();
  }

  void outstanding(String tenant, int count) {
    outstanding.labelValues(tenant).set(count);
  }

  void retained(Retention.Outcome outcome) {
    marked.inc(outcome.marked().size());
    deleted.inc(outcome.deleted().size());
  }

  void retentionFailed() {
    retentionErrors.inc();
  }

  void retentionTook(Duration time) {
    retentionDuration.observe(time.toNanos() / NANOS);
  }

  void clockSkew(Duration ahead) {
    clockSkew.set(ahead.toNanos() / NANOS);
  }
}
