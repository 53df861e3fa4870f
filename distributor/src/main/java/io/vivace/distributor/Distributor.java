package io.vivace.distributor;

import io.grpc.Status;
import io.vivace.ring.Operation;
import io.vivace.ring.Ring;
import io.vivace.ring.RingException;
import io.vivace.wire.otlp.InvalidId;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.OtlpRegrouper;
import io.vivace.wire.otlp.OtlpScanner;
import io.vivace.wire.otlp.TraceSlice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Takes the OTLP bytes of one request and stores them at the ingesters, in Tempo's order: size,
/// rate limit, ids, regrouping, quorum of replicas.
public final class Distributor {
  private final Ring ring;
  private final Operation operation;
  private final IngesterClient ingesters;
  private final Function<String, IngestionLimits> limits;
  private final DistributorMetrics metrics;
  private final LongSupplier nanoTime;
  private final Duration timeout;
  private final ArtificialDelay delay;
  private final PushListener listeners;
  private final long seed;
  private final IngestionRates rates;

  /// A distributor.
  ///
  /// @param operation which ingesters of `ring` get a trace
  /// @param limits the limits of a tenant now
  /// @param nanoTime a monotonic clock in nanoseconds
  /// @param timeout how long to wait for the ingesters (`ingester_client.remote_timeout`)
  /// @param delay waits for the tenants' `artificial_delay`
  /// @param listeners see every request
  /// @param seed any number, different in every process: protects the grouping of spans from ids
  ///   that were chosen to collide
  public Distributor(
      Ring ring,
      Operation operation,
      IngesterClient ingesters,
      Function<String, IngestionLimits> limits,
      DistributorMetrics metrics,
      LongSupplier nanoTime,
      Duration timeout,
      ArtificialDelay delay,
      List<PushListener> listeners,
      long seed) {
    this.ring = ring;
    this.operation = operation;
    this.ingesters = ingesters;
    this.limits = limits;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    this.timeout = timeout;
    this.delay = delay;
    this.listeners = new PushListeners(listeners);
    this.seed = seed;
    this.rates = new IngestionRates(nanoTime);
  }

  /// Stores a request; returns when a quorum of ingesters has it on disk.
  ///
  /// @param otlp an OTLP `ExportTraceServiceRequest`; must not change afterwards
  /// @throws MalformedOtlpException when the bytes are no such message
  /// @throws PushException when the request was refused or could not be stored
  public PushResult push(String tenant, byte[] otlp) throws MalformedOtlpException, PushException {
    long start = nanoTime.getAsLong();
    IngestionLimits tenantLimits = limits.apply(tenant);
    OtlpBatch batch = OtlpScanner.scan(otlp);
    try {
      PushResult result = push(tenant, batch, tenantLimits);
      if (batch.spanCount() > 0) {
        listeners.stored(tenant, otlp);
      }
      return result;
    } catch (PushException e) {
      listeners.failed(tenant, e);
      throw e.withSpans(batch.spanCount()).withAdvice(tenantLimits.retryAfter());
    } finally {
      delay.pad(start, tenantLimits.artificialDelay().toNanos());
      metrics.pushDuration(nanoTime.getAsLong() - start);
    }
  }

  private PushResult push(String tenant, OtlpBatch batch, IngestionLimits tenantLimits)
      throws MalformedOtlpException, PushException {
    metrics.ingress(tenant, batch.size());
    if (batch.spanCount() == 0) {
      return PushResult.COMPLETE;
    }
    checkRate(tenant, batch, tenantLimits);
    listeners.received(tenant, batch);
    metrics.received(tenant, batch.size(), batch.spanCount());
    InvalidId invalid = batch.invalidId();
    if (invalid != null) {
      // the request is refused as a whole, so all of its spans are discarded for this reason
      metrics.discarded(tenant, invalid.reason(), batch.spanCount());
      listeners.discarded(tenant, batch);
      throw new PushException(Status.Code.INVALID_ARGUMENT, invalid.text());
    }
    OtlpBatch truncated =
        OtlpScanner.truncate(
            batch, tenantLimits.maxAttributeBytes(), () -> metrics.attributeTruncated(tenant));
    List<TraceSlice> traces = OtlpRegrouper.regroup(truncated, seed);
    metrics.tracesPerBatch(traces.size());
    return result(tenant, batch.spanCount(), send(tenant, traces));
  }

  private void checkRate(String tenant, OtlpBatch batch, IngestionLimits tenantLimits)
      throws PushException {
    try {
      rates.take(tenant, batch.size(), tenantLimits);
    } catch (PushException e) {
      metrics.discarded(tenant, "rate_limited", batch.spanCount());
      throw e;
    }
  }

  private List<ReplicatedPush.Rejection> send(String tenant, List<TraceSlice> traces)
      throws PushException {
    CompletableFuture<List<ReplicatedPush.Rejection>> result;
    try {
      result = ReplicatedPush.send(tenant, traces, ring.view(), operation, ingesters);
    } catch (RingException e) {
      throw new PushException(Status.Code.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
    try {
      return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Status status = Status.fromThrowable(e.getCause() == null ? e : e.getCause());
      String description = status.getDescription();
      throw new PushException(
          status.getCode() == Status.Code.UNKNOWN ? Status.Code.UNAVAILABLE : status.getCode(),
          description == null ? "ingester: " + status.getCode() : description);
    } catch (TimeoutException e) {
      throw new PushException(
          Status.Code.DEADLINE_EXCEEDED, "ingesters: no quorum (expected: within " + timeout + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PushException(Status.Code.UNAVAILABLE, "distributor is shutting down");
    }
  }

  private PushResult result(
      String tenant, int spanCount, List<ReplicatedPush.Rejection> rejections) {
    if (rejections.isEmpty()) {
      return PushResult.complete(spanCount);
    }
    for (ReplicatedPush.Rejection rejection : rejections) {
      listeners.rejected(tenant, rejection.trace(), rejection.reason().name());
    }
    Map<String, Integer> spansByReason =
        rejections.stream()
            .collect(
                Collectors.groupingBy(
                    rejection -> DistributorMetrics.reason(rejection.reason()),
                    TreeMap::new,
                    Collectors.summingInt(rejection -> rejection.trace().spanCount())));
    spansByReason.forEach((reason, spans) -> metrics.discarded(tenant, reason, spans));
    long spans = spansByReason.values().stream().mapToLong(Integer::longValue).sum();
    return new PushResult(
        spanCount, spans, "spans rejected by limits of tenant " + tenant + ": " + spansByReason);
  }
}
