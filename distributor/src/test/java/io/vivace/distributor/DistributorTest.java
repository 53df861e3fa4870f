package io.vivace.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.ring.Instance;
import io.vivace.ring.StaticRing;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.otlp.OtlpScanner;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushErrorReason;
import io.vivace.wire.tempopb.PushResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DistributorTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final Ingesters ingesters = new Ingesters();
  private IngestionLimits limits = new IngestionLimits(1e9, 1 << 30, false, 2048);

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
    limits = new IngestionLimits(size, size, false, 2048);
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
    limits = new IngestionLimits(10, 10, false, 2048);
    assertThatThrownBy(() -> distributor(1).push("t", request(1, 5)))
        .hasMessageContaining("exceeds ingestion limit (local: 10 bytes/s, global: 0 bytes/s");
  }

  @Test
  void refusesIdsThatAreZeroWithTemposWords() {
    byte[] request = Traces.trace(new TraceId(0, 0), "shop", 1, 1).toByteArray();
    assertThatThrownBy(() -> distributor(1).push("t", request))
        .isInstanceOfSatisfying(
            PushException.class, e -> assertThat(e.code()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessage("trace ids must be 128 bit, received 0 bits");
    assertThat(ingesters.requests).isEmpty();
  }

  private Distributor distributor(int replicationFactor) {
    List<String> addresses = List.of("a:1", "b:1", "c:1").subList(0, replicationFactor);
    return new Distributor(
        new StaticRing(addresses, replicationFactor),
        ingesters,
        tenant -> limits,
        new DistributorMetrics(registry),
        nanos::get,
        Duration.ofSeconds(5),
        42);
  }

  private static byte[] request(int trace, int spans) {
    return Traces.trace(new TraceId(1, trace), "shop", spans, 1_700_000_000).toByteArray();
  }

  private static final class Ingesters implements IngesterClient {
    private final Map<String, PushBytesRequest> requests = new HashMap<>();
    private final Map<String, CompletableFuture<PushResponse>> answers = new HashMap<>();

    @Override
    public CompletableFuture<PushResponse> push(
        Instance ingester, String tenant, PushBytesRequest request) {
      requests.put(ingester.address(), request);
      return answers.getOrDefault(
          ingester.address(), CompletableFuture.completedFuture(PushResponse.getDefaultInstance()));
    }
  }
}
