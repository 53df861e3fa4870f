package io.vivace.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.ring.Instance;
import io.vivace.ring.Operation;
import io.vivace.ring.StaticRing;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.OtlpScanner;
import io.vivace.wire.otlp.TraceSlice;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushErrorReason;
import io.vivace.wire.tempopb.PushResponse;
import io.vivace.wire.tempopb.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DistributorTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Long> pauses = new ArrayList<>();
  private final Listener listener = new Listener();
  private final Ingesters ingesters = new Ingesters();
  private IngestionLimits limits = IngestionLimits.local(1e9, 1 << 30, 2048);

  @Test
  void writesEveryTraceToAllReplicas() throws Exception {
    PushResult result = distributor(3).push("t", request(1, 5));
    assertThat(result.rejectedSpans()).isZero();
    assertThat(ingesters.requests.values()).hasSize(3).allMatch(r -> r.getTracesCount() == 1);
  }

  @Test
  void answersAtAQuorumAndFinishesTheRest() throws Exception {
    CompletableFuture<PushResponse> slow = new CompletableFuture<>();
    ingesters.answers.put("c:1", slow);
    PushResult _ = distributor(3).push("t", request(1, 5));
    assertThat(slow).isNotDone();
    assertThat(ingesters.requests).containsKey("c:1");
  }

  @Test
  void failsWhenAQuorumCannotBeReached() {
    for (String address : List.of("a:1", "b:1")) {
      ingesters.answers.put(
          address,
          CompletableFuture.failedFuture(
              Status.UNAVAILABLE.withDescription("down").asRuntimeException()));
    }
    assertThatThrownBy(() -> distributor(3).push("t", request(1, 5)))
        .isInstanceOfSatisfying(
            PushException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Status.Code.UNAVAILABLE);
              assertThat(e).hasMessage("down");
              assertThat(e.spans()).isEqualTo(5);
            });
  }

  @Test
  void countsAClientThatThrowsAsOneReplicaThatFailed() throws Exception {
    ingesters.throwing.add("a:1");
    assertThat(distributor(3).push("t", request(1, 5)).rejectedSpans()).isZero();
    assertThat(ingesters.requests).containsOnlyKeys("b:1", "c:1");
    ingesters.throwing.add("b:1");
    assertThatThrownBy(() -> distributor(3).push("t", request(1, 5)))
        .isInstanceOfSatisfying(
            PushException.class, e -> assertThat(e.code()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void storesSpansAlthoughAListenerThrows() throws Exception {
    listener.throwing = true;
    assertThat(distributor(1).push("t", request(1, 5)).spans()).isEqualTo(5);
    assertThat(ingesters.requests).hasSize(1);
    assertThat(listener.seen).hasSize(2);
  }

  @Test
  void tellsHowManySpansTheIngestersRejected() throws Exception {
    PushResponse tooLarge =
        PushResponse.newBuilder().addErrorsByTrace(PushErrorReason.TRACE_TOO_LARGE).build();
    for (String address : List.of("a:1", "b:1", "c:1")) {
      ingesters.answers.put(address, CompletableFuture.completedFuture(tooLarge));
    }
    PushResult result = distributor(3).push("t", request(1, 5));
    assertThat(result.rejectedSpans()).isEqualTo(5);
    assertThat(result.message()).contains("trace_too_large=5");
    assertThat(
            registry
                .counter("tempo_discarded_spans", "reason", "trace_too_large", "tenant", "t")
                .count())
        .isEqualTo(5);
  }

  @Test
  void refusesMoreThanTheRateAndSaysWhenToComeBack() throws Exception {
    byte[] request = request(1, 5);
    long size = OtlpScanner.scan(request).size();
    limits = IngestionLimits.local(size, size, 2048);
    Distributor distributor = distributor(1);
    PushResult _ = distributor.push("t", request);
    assertThatThrownBy(() -> distributor.push("t", request))
        .isInstanceOfSatisfying(
            PushException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              assertThat(e)
                  .hasMessageStartingWith("RATE_LIMITED: ingestion rate limit (local: " + size);
              assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            });
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(distributor.push("t", request).spans()).isEqualTo(5);
    assertThat(distributor.push("other", request).spans()).isEqualTo(5);
  }

  @Test
  void refusesABatchThatNeverFits() {
    limits = IngestionLimits.local(10, 10, 2048);
    assertThatThrownBy(() -> distributor(1).push("t", request(1, 5)))
        .hasMessageContaining("exceeds ingestion limit (local: 10 bytes/s, global: 0 bytes/s");
  }

  @Test
  void namesTheShareAndTheWholeOfARateThatDistributorsShare() {
    limits = new IngestionLimits(10, 10, 3, 2048, Duration.ZERO, Duration.ZERO);
    assertThatThrownBy(() -> distributor(1).push("t", request(1, 5)))
        .hasMessageContaining("exceeds ingestion limit (local: 10 bytes/s, global: 30 bytes/s");
  }

  @Test
  void givesTheConfiguredAdviceForEverythingThatIsExhausted() {
    Duration advice = Duration.ofSeconds(7);
    limits = new IngestionLimits(10, 10, 0, 2048, Duration.ZERO, advice);
    assertThatThrownBy(() -> distributor(1).push("t", request(1, 5)))
        .isInstanceOfSatisfying(
            PushException.class, e -> assertThat(e.retryAfter()).isEqualTo(advice));
    limits = new IngestionLimits(1e9, 1 << 30, 0, 2048, Duration.ZERO, advice);
    ingesters.answers.put(
        "a:1", CompletableFuture.failedFuture(Status.RESOURCE_EXHAUSTED.asRuntimeException()));
    assertThatThrownBy(() -> distributor(1).push("t", request(1, 5)))
        .isInstanceOfSatisfying(
            PushException.class, e -> assertThat(e.retryAfter()).isEqualTo(advice));
  }

  @Test
  void padsGoodAndRefusedPushesToTheArtificialDelay() throws Exception {
    Duration delay = Duration.ofMillis(100);
    limits = new IngestionLimits(1e9, 1 << 30, 0, 2048, delay, Duration.ZERO);
    PushResult _ = distributor(1).push("t", request(1, 5));
    limits = new IngestionLimits(10, 10, 0, 2048, delay, Duration.ZERO);
    assertThatThrownBy(() -> distributor(1).push("t", request(1, 5)))
        .isInstanceOf(PushException.class);
    assertThat(pauses).hasSize(2).allMatch(pause -> pause >= 90_000_000 && pause <= 110_000_000);
  }

  @Test
  void refusesAllSpansForOneZeroTraceId() {
    byte[] good = request(1, 3);
    byte[] bad = Traces.trace(new TraceId(0, 0), "shop", 1, 1).toByteArray();
    refusesForIds(
        concatenated(good, bad), "invalid_trace_id", "trace ids must be 128 bit, received 0 bits");
  }

  @Test
  void refusesAllSpansForOneZeroSpanId() {
    Trace.Builder trace = Traces.trace(new TraceId(1, 2), "shop", 1, 1).toBuilder();
    trace
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(0)
        .setSpanId(ByteString.copyFrom(new byte[8]));
    refusesForIds(
        concatenated(request(1, 3), trace.build().toByteArray()),
        "invalid_span_id",
        "span ids must be 64 bit and not all zero, received 0 bits");
  }

  @Test
  void showsListenersTheRequestAsItCameAndOnlyWhenItIsStored() throws Exception {
    byte[] request = request(1, 5);
    limits = IngestionLimits.local(1e9, 1 << 30, 4);
    PushResult _ = distributor(1).push("t", request);
    assertThat(listener.seen).containsExactly("received 5", "stored " + request.length);
    listener.seen.clear();
    ingesters.answers.put(
        "a:1", CompletableFuture.failedFuture(Status.UNAVAILABLE.asRuntimeException()));
    assertThatThrownBy(() -> distributor(1).push("t", request)).isInstanceOf(PushException.class);
    assertThat(listener.seen).containsExactly("received 5");
  }

  @Test
  void showsListenersWhatWasRefused() throws Exception {
    ingesters.answers.put(
        "a:1",
        CompletableFuture.completedFuture(
            PushResponse.newBuilder().addErrorsByTrace(PushErrorReason.TRACE_TOO_LARGE).build()));
    PushResult _ = distributor(1).push("t", request(1, 5));
    assertThat(listener.seen).contains("rejected 5 TRACE_TOO_LARGE");
    listener.seen.clear();
    byte[] zero = Traces.trace(new TraceId(0, 0), "shop", 2, 1).toByteArray();
    assertThatThrownBy(() -> distributor(1).push("t", zero)).isInstanceOf(PushException.class);
    assertThat(listener.seen).containsExactly("received 2", "discarded 2");
    listener.seen.clear();
    limits = IngestionLimits.local(1, 1, 2048);
    assertThatThrownBy(() -> distributor(1).push("t", request(1, 5)))
        .isInstanceOf(PushException.class);
    assertThat(listener.seen).isEmpty();
  }

  private void refusesForIds(byte[] request, String reason, String message) {
    assertThatThrownBy(() -> distributor(1).push("t", request))
        .isInstanceOfSatisfying(
            PushException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(e.spans()).isEqualTo(4);
            })
        .hasMessage(message);
    assertThat(ingesters.requests).isEmpty();
    assertThat(registry.counter("tempo_discarded_spans", "reason", reason, "tenant", "t").count())
        .isEqualTo(4);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    return ByteString.copyFrom(first).concat(ByteString.copyFrom(second)).toByteArray();
  }

  private Distributor distributor(int replicationFactor) {
    List<String> addresses = List.of("a:1", "b:1", "c:1").subList(0, replicationFactor);
    return new Distributor(
        new StaticRing(addresses, replicationFactor),
        Operation.WRITE,
        ingesters,
        tenant -> limits,
        new DistributorMetrics(registry),
        nanos::get,
        Duration.ofSeconds(5),
        new ArtificialDelay(nanos::get, pauses::add, new SplittableRandom(1)),
        List.of(listener),
        42);
  }

  private static byte[] request(int trace, int spans) {
    return Traces.trace(new TraceId(1, trace), "shop", spans, 1_700_000_000).toByteArray();
  }

  private static final class Listener implements PushListener {
    private final List<String> seen = new ArrayList<>();
    private boolean throwing;

    @Override
    public void received(String tenant, OtlpBatch batch) {
      seen.add("received " + batch.spanCount());
      throwWhenAsked();
    }

    private void throwWhenAsked() {
      if (throwing) {
        throw new IllegalStateException("a listener with a fault");
      }
    }

    @Override
    public void discarded(String tenant, OtlpBatch batch) {
      seen.add("discarded " + batch.spanCount());
    }

    @Override
    public void rejected(String tenant, TraceSlice trace, String reason) {
      seen.add("rejected " + trace.spanCount() + " " + reason);
    }

    @Override
    public void stored(String tenant, byte[] otlp) {
      seen.add("stored " + otlp.length);
      throwWhenAsked();
    }
  }

  private static final class Ingesters implements IngesterClient {
    private final Set<String> throwing = new HashSet<>();
    private final Map<String, PushBytesRequest> requests = new HashMap<>();
    private final Map<String, CompletableFuture<PushResponse>> answers = new HashMap<>();

    @Override
    public CompletableFuture<PushResponse> push(
        Instance ingester, String tenant, PushBytesRequest request) {
      if (throwing.contains(ingester.address())) {
        throw new IllegalStateException("no channel");
      }
      requests.put(ingester.address(), request);
      return answers.getOrDefault(
          ingester.address(), CompletableFuture.completedFuture(PushResponse.getDefaultInstance()));
    }
  }
}
