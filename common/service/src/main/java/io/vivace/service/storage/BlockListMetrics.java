package io.vivace.service.storage;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.vivace.block.BlockMeta;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.storage.PollEvents;
import java.time.Duration;
import java.util.stream.Stream;

/// The metrics of polling, under Tempo's names (source: `tempodb/blocklist/poller.go`).
final class BlockListMetrics implements PollEvents {
  private static final String TENANT = "tenant";
  private static final double NANOS = 1e9;

  private final Histogram duration;
  private final Gauge length;
  private final Counter errors;
  private final Counter indexErrors;
  private final Gauge builder;
  private final Gauge age;
  private final Gauge objects;
  private final Gauge bytes;

  BlockListMetrics(Metrics metrics) {
    duration =
        metrics.histogram(
            "tempodb_blocklist_poll_duration_seconds",
            "How long polls of the block list took.",
            Metrics.defaultBuckets());
    length = metrics.gauge("tempodb_blocklist_length", "Blocks in use.", TENANT);
    errors =
        metrics.counter(
            "tempodb_blocklist_poll_errors_total", "Tenants that could not be polled.", TENANT);
    indexErrors =
        metrics.counter(
            "tempodb_blocklist_tenant_index_errors_total",
            "Indexes that could not be used.",
            TENANT);
    builder =
        metrics.gauge(
            "tempodb_blocklist_tenant_index_builder",
            "1 when this process builds the tenant's index.",
            TENANT);
    age =
        metrics.gauge(
            "tempodb_blocklist_tenant_index_age_seconds", "Age of the index last read.", TENANT);
    objects = metrics.gauge("tempodb_backend_objects_total", "Traces in blocks.", TENANT, "status");
    bytes = metrics.gauge("tempodb_backend_bytes_total", "Bytes of blocks.", TENANT, "status");
  }

  @Override
  public void polled(Duration time) {
    duration.observe(time.toNanos() / NANOS);
  }

  @Override
  public void tenantFailed(String tenant) {
    errors.labelValues(tenant).inc();
  }

  @Override
  public void indexFailed(String tenant) {
    indexErrors.labelValues(tenant).inc();
  }

  @Override
  public void indexRead(String tenant, Duration since) {
    builder.labelValues(tenant).set(0);
    age.labelValues(tenant).set(since.toSeconds());
  }

  @Override
  public void indexBuilt(String tenant) {
    builder.labelValues(tenant).set(1);
    age.labelValues(tenant).set(0);
  }

  @Override
  public void listed(String tenant) {
    builder.labelValues(tenant).set(0);
  }

  @Override
  public void blocks(String tenant, BlockList.Tenant blocks) {
    length.labelValues(tenant).set(blocks.live().size());
    status(tenant, "live", blocks.live().stream());
    status(tenant, "compacted", blocks.compacted().stream().map(BlockStore.Compacted::meta));
  }

  private void status(String tenant, String status, Stream<BlockMeta> metas) {
    long traces = 0;
    long size = 0;
    for (BlockMeta meta : (Iterable<BlockMeta>) metas::iterator) {
      traces += meta.totalObjects();
      size += meta.size();
    }
    objects.labelValues(tenant, status).set(traces);
    bytes.labelValues(tenant, status).set(size);
  }

  @Override
  public void gone(String tenant) {
    length.remove(tenant);
    builder.remove(tenant);
    age.remove(tenant);
    for (String status : new String[] {"live", "compacted"}) {
      objects.remove(tenant, status);
      bytes.remove(tenant, status);
    }
  }
}
