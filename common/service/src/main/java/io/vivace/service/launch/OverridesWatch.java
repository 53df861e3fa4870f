package io.vivace.service.launch;

import io.prometheus.metrics.core.metrics.Gauge;
import io.vivace.service.config.Limits;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.metrics.Metrics;
import io.vivace.service.overrides.FileOverrides;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// Reads the overrides again every `overrides.per_tenant_override_period` and exports the limits.
final class OverridesWatch implements SmartLifecycle {
  private final FileOverrides overrides;
  private final Duration period;
  private final Gauge defaults;
  private final Gauge limits;
  private final Gauge successful;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("overrides").factory());
  private volatile boolean running;

  OverridesWatch(FileOverrides overrides, Duration period, Metrics metrics) {
    this.overrides = overrides;
    this.period = period;
    this.defaults = metrics.gauge("tempo_limits_defaults", "Default resource limits", "limit_name");
    this.limits =
        metrics.gauge(
            "tempo_limits_overrides",
            "Resource limit overrides applied to tenants",
            "limit_name",
            "user");
    this.successful =
        metrics.gauge(
            "tempo_runtime_config_last_reload_successful",
            "Whether the last runtime-config reload attempt was successful.",
            "config");
  }

  private void watch() {
    overrides.reload();
    export();
  }

  private void export() {
    successful.labelValues("overrides").set(overrides.successful() ? 1 : 0);
    values(overrides.defaults()).forEach((name, value) -> defaults.labelValues(name).set(value));
    limits.clear();
    for (String tenant : overrides.tenants()) {
      values(overrides.limits(tenant))
          .forEach((name, value) -> limits.labelValues(name, tenant).set(value));
    }
  }

  private static Map<String, Double> values(Limits limits) {
    Map<String, Double> values = new TreeMap<>();
    values.put("max_local_traces_per_user", (double) limits.ingestion().maxTracesPerUser());
    values.put("max_global_traces_per_user", (double) limits.ingestion().maxGlobalTracesPerUser());
    values.put("max_bytes_per_trace", (double) limits.global().maxBytesPerTrace());
    values.put(
        "max_bytes_per_tag_values_query", (double) limits.read().maxBytesPerTagValuesQuery());
    values.put(
        "max_blocks_per_tag_values_query", (double) limits.read().maxBlocksPerTagValuesQuery());
    values.put("ingestion_rate_limit_bytes", (double) limits.ingestion().rateLimitBytes());
    values.put("ingestion_burst_size_bytes", (double) limits.ingestion().burstSizeBytes());
    values.put("block_retention", (double) limits.compaction().blockRetention().toNanos());
    values.put("compaction_window", (double) limits.compaction().compactionWindow().toNanos());
    return values;
  }

  @Override
  public void start() {
    export();
    long millis = Math.max(1, period.toMillis());
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(this::watch, millis, millis, TimeUnit.MILLISECONDS);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    List<Runnable> _ = timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.STORAGE;
  }
}
