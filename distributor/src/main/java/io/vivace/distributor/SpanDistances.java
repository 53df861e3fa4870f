package io.vivace.distributor;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vivace.wire.otlp.OtlpBatch;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// How far the ends of spans are from now, in whole seconds:
/// `tempo_spans_distance_in_future_seconds` and `tempo_spans_distance_in_past_seconds`. Sums up a
/// request before it takes the lock of its tenant, so that a span costs no more than its bucket.
public final class SpanDistances implements PushListener, MultiCollector {
  private static final double[] BOUNDS = {300, 1800, 3600, Double.POSITIVE_INFINITY};
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Clock clock;
  private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();

  /// Distances from the time of `clock`.
  public SpanDistances(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void received(String tenant, OtlpBatch batch) {
    long now = clock.instant().getEpochSecond();
    Histogram future = new Histogram();
    Histogram past = new Histogram();
    for (int i = 0; i < batch.spanCount(); i++) {
      long distance = Long.divideUnsigned(batch.endNanos(i), NANOS_PER_SECOND) - now;
      if (distance > 0) {
        future.observe(distance);
      } else if (distance < 0) {
        past.observe(-distance);
      }
    }
    tenants.computeIfAbsent(tenant, name -> new Tenant()).add(future, past);
  }

  @Override
  public MetricSnapshots collect() {
    HistogramSnapshot.Builder future =
        HistogramSnapshot.builder()
            .name("tempo_spans_distance_in_future_seconds")
            .help("how far spans end in the future");
    HistogramSnapshot.Builder past =
        HistogramSnapshot.builder()
            .name("tempo_spans_distance_in_past_seconds")
            .help("how far spans ended in the past");
    new TreeMap<>(tenants).forEach((name, tenant) -> tenant.show(name, future, past));
    return MetricSnapshots.of(future.build(), past.build());
  }

  private static final class Tenant {
    private final Histogram future = new Histogram();
    private final Histogram past = new Histogram();

    synchronized void add(Histogram moreFuture, Histogram morePast) {
      future.add(moreFuture);
      past.add(morePast);
    }

    synchronized void show(
        String name, HistogramSnapshot.Builder toFuture, HistogramSnapshot.Builder toPast) {
      toFuture.dataPoint(future.snapshot(name));
      toPast.dataPoint(past.snapshot(name));
    }
  }

  private static final class Histogram {
    private final long[] counts = new long[BOUNDS.length];
    private double sum;

    void observe(long seconds) {
      int bucket = 0;
      while (seconds > BOUNDS[bucket]) {
        bucket++;
      }
      counts[bucket]++;
      sum += seconds;
    }

    void add(Histogram more) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += more.counts[i];
      }
      sum += more.sum;
    }

    HistogramSnapshot.HistogramDataPointSnapshot snapshot(String tenant) {
      return HistogramSnapshot.HistogramDataPointSnapshot.builder()
          .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts.clone()))
          .sum(sum)
          .labels(Labels.of("tenant", tenant))
          .build();
    }
  }
}
