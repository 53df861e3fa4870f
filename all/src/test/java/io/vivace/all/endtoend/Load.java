package io.vivace.all.endtoend;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.testkit.SpanLedger;
import io.vivace.wire.tempopb.TraceByIDResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Sends traces to distributors, one after another, and keeps accounts of them.
final class Load {
  private static final int SPANS_PER_TRACE = 5;
  private static final int TRACES_PER_REQUEST = 4;

  private final RingCluster cluster;
  private final List<String> distributors;
  private final RandomGenerator random;
  private final SpanLedger ledger;
  private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicLong slowestNanos = new AtomicLong();

  Load(RingCluster cluster, List<String> distributors, RandomGenerator random, SpanLedger ledger) {
    this.cluster = cluster;
    this.distributors = List.copyOf(distributors);
    this.random = random;
    this.ledger = ledger;
  }

  /// Sends until [#stop], a hundred requests a second at most.
  void start() {
    AtomicInteger turn = new AtomicInteger();
    ScheduledFuture<?> _ =
        sender.scheduleWithFixedDelay(
            () -> sendTo(distributors.get(turn.getAndIncrement() % distributors.size())),
            0,
            10,
            TimeUnit.MILLISECONDS);
  }

  private void sendTo(String distributor) {
    try {
      boolean _ = send(distributor);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the load; returns when nothing is under way any more.
  void stop() {
    sender.shutdown();
    sender.close();
  }

  long refusals() {
    return refusals.get();
  }

  /// The longest that a request took since the last call.
  long slowestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(slowestNanos.getAndSet(0));
  }

  /// Sends one request.
  ///
  /// @return whether it was acknowledged
  boolean send(String distributor) throws InterruptedException {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < TRACES_PER_REQUEST; i++) {
      spans.addAll(trace());
    }
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(
                        Resource.newBuilder().addAttributes(attribute("service.name", "ledger")))
                    .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
            .build();
    long start = System.nanoTime();
    boolean isTaken = false;
    try {
      HttpResponse<byte[]> answer = cluster.post(cluster.otlp(distributor), request.toByteArray());
      isTaken = answer.statusCode() == 200 && answer.body().length <= 2;
    } catch (IOException e) {
      isTaken = false;
    }
    long _ = slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    for (int i = 0; i < spans.size(); i += SPANS_PER_TRACE) {
      record(spans.subList(i, i + SPANS_PER_TRACE), isTaken);
    }
    long _ = refusals.addAndGet(isTaken ? 0 : 1);
    return isTaken;
  }

  private void record(List<Span> trace, boolean isTaken) {
    String id = hex(trace.getFirst().getTraceId());
    List<SpanLedger.Span> spans = trace.stream().map(Load::described).toList();
    if (isTaken) {
      ledger.acknowledged(id, spans);
    } else {
      ledger.uncertain(id, spans);
    }
  }

  private List<Span> trace() {
    byte[] traceId = new byte[16];
    random.nextBytes(traceId);
    traceId[0] |= 1;
    List<Span> spans = new ArrayList<>();
    long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());
    for (int i = 0; i < SPANS_PER_TRACE; i++) {
      byte[] spanId = new byte[8];
      random.nextBytes(spanId);
      spanId[0] |= 1;
      spans.add(
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(traceId))
              .setSpanId(ByteString.copyFrom(spanId))
              .setName("operation " + i)
              .setStartTimeUnixNano(now)
              .setEndTimeUnixNano(now + 1000 + i)
              .addAttributes(attribute("number", Long.toString(random.nextLong())))
              .build());
    }
    return spans;
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static SpanLedger.Span described(Span span) {
    return new SpanLedger.Span(
        hex(span.getSpanId()), span.getName() + " " + span.getAttributesList().hashCode());
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /// A trace as a query-frontend answers it.
  static List<SpanLedger.Span> read(RingCluster cluster, String frontend, String traceId)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        cluster.get(frontend, "/api/v2/traces/" + traceId, "Accept", "application/protobuf");
    if (answer.statusCode() == 404) {
      return List.of();
    }
    if (answer.statusCode() != 200) {
      throw new IOException(
          answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return TraceByIDResponse.parseFrom(answer.body()).getTrace().getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(Load::described)
        .toList();
  }
}
