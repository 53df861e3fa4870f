package io.vivace.service.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Metric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Creates metrics by name. The name is what `/metrics` shows: a counter's ends in `_total`. Asking
/// twice for a name gives the same metric, so that modules may share one; labels and kind must then
/// be the same.
///
/// Micrometer cannot keep names such as `tempodb_backend_bytes_total` for a gauge, therefore these
/// are metrics of the Prometheus client, in the registry that Micrometer also writes to.
public final class Metrics {
  /// Bucket bounds of request durations, in seconds. Source: dskit `middleware/instrument.go`.
  public static double[] requestBuckets() {
    return new double[] {.01, .025, .05, .1, .25, .5, 1, 1.5, 2.5, 5, 10, 25, 50, 100};
  }

  /// The Prometheus client's default bucket bounds, in seconds.
  public static double[] defaultBuckets() {
    return new double[] {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
  }

  private final PrometheusRegistry registry;
  private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

  /// @param registry where the metrics are registered
  public Metrics(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /// What `/metrics` shows.
  public PrometheusRegistry registry() {
    return registry;
  }

  /// A counter.
  ///
  /// @param name with its `_total`
  /// @throws IllegalArgumentException when the name is taken by another kind or with other labels
  public Counter counter(String name, String help, String... labels) {
    return metric(
        Counter.class,
        name,
        () ->
            Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry));
  }

  /// A gauge that is set.
  public Gauge gauge(String name, String help, String... labels) {
    return metric(
        Gauge.class,
        name,
        () ->
            Gauge.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry));
  }

  /// A gauge that is asked when it is scraped. `value` must not block.
  public GaugeWithCallback gauge(String name, String help, DoubleSupplier value) {
    return metric(
        GaugeWithCallback.class,
        name,
        () ->
            GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry));
  }

  /// A histogram with fixed buckets.
  ///
  /// @param bounds upper bounds of the buckets, rising, without infinity
  public Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return metric(
        Histogram.class,
        name,
        () ->
            Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry));
  }

  /// `count` bounds, each `factor` times the one before: Prometheus' exponential buckets.
  public static double[] exponential(double start, double factor, int count) {
    double[] bounds = new double[count];
    double bound = start;
    for (int i = 0; i < count; i++) {
      bounds[i] = bound;
      bound *= factor;
    }
    return bounds;
  }

  private <M extends Metric> M metric(Class<M> kind, String name, Supplier<M> create) {
    Metric metric = metrics.computeIfAbsent(name, key -> create.get());
    if (!kind.isInstance(metric)) {
      throw new IllegalArgumentException(
          name + ": " + kind.getSimpleName() + " (expected: " + metric.getClass() + ")");
    }
    return kind.cast(metric);
  }
}
