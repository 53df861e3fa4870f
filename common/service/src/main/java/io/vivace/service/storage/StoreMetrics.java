package io.vivace.service.storage;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.remote.StoreObserver;
import java.time.Duration;

/// Requests to the object store under Tempo's names (spec: `backend_transports.go`), and a gauge of
/// ours for the circuit breaker.
final class StoreMetrics implements StoreObserver {
  private static final double NANOS = 1e9;

  private final Histogram requests;
  private final Counter hedged;
  private final Gauge breaker;

  StoreMetrics(Metrics metrics) {
    requests =
        metrics.histogram(
            "tempodb_backend_request_duration_seconds",
            "Time spent doing backend storage requests.",
            Metrics.exponential(.005, 4, 6),
            "operation",
            "status_code");
    hedged =
        metrics.counter(
            "tempodb_backend_hedged_roundtrips_total", "Total number of hedged backend requests.");
    breaker =
        metrics.gauge(
            "tempodb_backend_circuit_breaker_open",
            "1 while requests to the backend are refused without being sent.");
    breaker.set(0);
  }

  @Override
  public void request(String method, String status, Duration took) {
    requests.labelValues(method, status).observe(took.toNanos() / NANOS);
  }

  @Override
  public void hedged() {
    hedged.inc();
  }

  @Override
  public void breaker(boolean open) {
    breaker.set(open ? 1 : 0);
  }
}
