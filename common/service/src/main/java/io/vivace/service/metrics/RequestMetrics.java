package io.vivace.service.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;

/// How long requests take, and how many are under way, over HTTP and gRPC. Names and labels: dskit
/// `middleware/instrument.go`.
public final class RequestMetrics {
  private final Histogram duration;
  private final Gauge inflight;

  /// @param metrics where the metrics are registered
  public RequestMetrics(Metrics metrics) {
    this.duration =
        metrics.histogram(
            "tempo_request_duration_seconds",
            "Time (in seconds) spent serving HTTP requests.",
            Metrics.requestBuckets(),
            "method",
            "route",
            "status_code",
            "ws");
    this.inflight =
        metrics.gauge("tempo_inflight_requests", "Current number of inflight requests.", "method");
  }

  /// A request has begun.
  ///
  /// @param method HTTP method, or `gRPC`
  public void entered(String method) {
    inflight.labelValues(known(method)).inc();
  }

  /// A request has ended.
  public void left(String method) {
    inflight.labelValues(known(method)).dec();
  }

  /// Adds one request.
  ///
  /// @param method HTTP method, or `gRPC`
  /// @param route bounded in number: a template, not a path
  /// @param status HTTP status, or `success`, `error`, `cancel`
  public void observe(String method, String route, String status, double seconds) {
    duration.labelValues(known(method), route, status, "false").observe(seconds);
  }

  /// Clients may invent methods; labels must stay few.
  private static String known(String method) {
    return switch (method) {
      case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "gRPC" -> method;
      default -> "other";
    };
  }
}
