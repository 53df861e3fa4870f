package io.vivace.distributor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vivace.wire.tempopb.PushErrorReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The distributor's metrics under Tempo's names.
public final class DistributorMetrics {
  /// Prometheus' default buckets, which Tempo uses here.
  private static final Duration[] PUSH_DURATION_BUCKETS =
      IntStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Timer pushDuration;
  private final DistributionSummary tracesPerBatch;

  /// Metrics in `registry`.
  public DistributorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.pushDuration =
        Timer.builder("tempo_distributor_push_duration")
            .serviceLevelObjectives(PUSH_DURATION_BUCKETS)
            .register(registry);
    this.tracesPerBatch =
        DistributionSummary.builder("tempo_distributor_traces_per_batch")
            .serviceLevelObjectives(2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
            .register(registry);
  }

  void ingress(String tenant, long bytes) {
    counter("tempo_distributor_ingress_bytes", tenant).increment(bytes);
  }

  void received(String tenant, long bytes, int spans) {
    counter("tempo_distributor_bytes_received", tenant).increment(bytes);
    counter("tempo_distributor_spans_received", tenant).increment(spans);
  }

  void discarded(String tenant, String reason, int spans) {
    counters
        .computeIfAbsent(
            "discarded/" + reason + "/" + tenant,
            key ->
                Counter.builder("tempo_discarded_spans")
                    .tag("reason", reason)
                    .tag("tenant", tenant)
                    .register(registry))
        .increment(spans);
  }

  void attributeTruncated(String tenant) {
    counter("tempo_distributor_attributes_truncated", tenant).increment();
  }

  void pushDuration(long nanos) {
    pushDuration.record(nanos, TimeUnit.NANOSECONDS);
  }

  void tracesPerBatch(int traces) {
    tracesPerBatch.record(traces);
  }

  void append(String ingester, boolean failed) {
    ingesterCounter("tempo_distributor_ingester_appends", ingester).increment();
    if (failed) {
      ingesterCounter("tempo_distributor_ingester_append_failures", ingester).increment();
    }
  }

  /// Counts the spans of one operation of a receiver; both series exist after the first one.
  public void receiver(String receiver, String transport, long accepted, long refused) {
    receiverCounter("tempo_receiver_accepted_spans", receiver, transport).increment(accepted);
    receiverCounter("tempo_receiver_refused_spans", receiver, transport).increment(refused);
  }

  /// Counts a payload that could not be decoded.
  public void decodeFailed(String receiver, String transport, String reason) {
    counters
        .computeIfAbsent(
            "decode/" + receiver + "/" + transport + "/" + reason,
            key ->
                Counter.builder("tempo_receiver_decode_failures")
                    .tag("receiver", receiver)
                    .tag("transport", transport)
                    .tag("reason", reason)
                    .register(registry))
        .increment();
  }

  static String reason(PushErrorReason reason) {
    return switch (reason) {
      case MAX_LIVE_TRACES -> "live_traces_exceeded";
      case TRACE_TOO_LARGE -> "trace_too_large";
      case NO_ERROR, UNKNOWN_ERROR, UNRECOGNIZED -> "unknown_error";
    };
  }

  private Counter counter(String name, String tenant) {
    return counters.computeIfAbsent(
        name + "/" + tenant, key -> Counter.builder(name).tag("tenant", tenant).register(registry));
  }

  private Counter ingesterCounter(String name, String ingester) {
    return counters.computeIfAbsent(
        name + "/" + ingester,
        key -> Counter.builder(name).tag("ingester", ingester).register(registry));
  }

  private Counter receiverCounter(String name, String receiver, String transport) {
    return counters.computeIfAbsent(
        name + "/" + receiver + "/" + transport,
        key ->
            Counter.builder(name)
                .tag("receiver", receiver)
                .tag("transport", transport)
                .register(registry));
  }
}
