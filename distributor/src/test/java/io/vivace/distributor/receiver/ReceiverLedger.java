package io.vivace.distributor.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.distributor.ArtificialDelay;
import io.vivace.distributor.ByteBudget;
import io.vivace.distributor.Distributor;
import io.vivace.distributor.DistributorMetrics;
import io.vivace.distributor.IngestionLimits;
import io.vivace.ring.Instance;
import io.vivace.ring.Operation;
import io.vivace.ring.StaticRing;
import io.vivace.service.tenant.Tenants;
import io.vivace.testkit.Traces;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushResponse;
import io.vivace.wire.tempopb.Trace;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A real distributor with many tenants behind receivers, whose only ingester fails now and then,
/// and the accounts of what came in: every span has to be stored or counted as refused, every
/// payload that is none as a failure to decode.
public final class ReceiverLedger {
  private static final int REQUESTS = 60;
  private static final int SENDERS = 4;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger pushes = new AtomicInteger();
  private final AtomicInteger stored = new AtomicInteger();
  private final ByteBudget inFlight;

  /// A ledger over a distributor with room for this many bytes in flight.
  public ReceiverLedger(long inFlightBytes) {
    inFlight = new ByteBudget(inFlightBytes);
  }

  /// What comes to a receiver.
  public enum Payload {
    /// Spans of a tenant.
    SPANS,
    /// Spans of nobody.
    SPANS_WITHOUT_TENANT,
    /// No message of the protocol.
    DAMAGED
  }

  /// Sends one request and waits for its answer, whatever it is.
  @FunctionalInterface
  public interface Sender {
    /// Sends one request.
    void send(Payload payload) throws Exception;
  }

  /// What receivers need to send spans here.
  public ReceiverContext context() {
    DistributorMetrics metrics = new DistributorMetrics(registry);
    Distributor distributor =
        new Distributor(
            new StaticRing(List.of("a:1"), 1),
            Operation.WRITE,
            this::push,
            tenant -> IngestionLimits.local(1e12, 1L << 40, 2048),
            metrics,
            System::nanoTime,
            Duration.ofMinutes(1),
            new ArtificialDelay(System::nanoTime, nanos -> {}, new SplittableRandom(1)),
            List.of(),
            42);
    return new ReceiverContext(
        new DistributorConsumers(distributor, new Tenants(true), metrics, inFlight),
        Executors.newVirtualThreadPerTaskExecutor(),
        registry,
        "udp-tenant",
        Duration.ofSeconds(5));
  }

  private CompletableFuture<PushResponse> push(
      Instance ingester, String tenant, PushBytesRequest request) {
    if (pushes.incrementAndGet() % 3 == 0) {
      return CompletableFuture.failedFuture(
          Status.UNAVAILABLE.withDescription("ingester is gone").asRuntimeException());
    }
    request.getTracesList().forEach(trace -> stored.addAndGet(spans(trace)));
    return CompletableFuture.completedFuture(PushResponse.getDefaultInstance());
  }

  private static int spans(ByteString trace) {
    try {
      return Traces.spans(Trace.parseFrom(trace));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("pushed bytes are no trace", e);
    }
  }

  /// Sends requests of every kind from several threads and balances the accounts.
  ///
  /// @param receiver label of the receiver
  /// @param transport label of its transport
  /// @param spansPerRequest how many spans a request has that is not damaged
  public void check(String receiver, String transport, int spansPerRequest, Sender sender)
      throws Exception {
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      List<Future<Payload>> sent =
          IntStream.range(0, REQUESTS)
              .mapToObj(i -> Payload.values()[i % 3])
              .map(payload -> senders.submit(() -> send(sender, payload)))
              .toList();
      for (Future<Payload> request : sent) {
        Payload _ = request.get();
      }
    }
    double accepted = count("tempo_receiver_accepted_spans", receiver, transport);
    double refused = count("tempo_receiver_refused_spans", receiver, transport);
    int whole = REQUESTS / 3;
    assertThat(stored.get()).as("stored").isPositive().isEqualTo((int) accepted);
    assertThat(refused).as("refused").isGreaterThanOrEqualTo(whole * spansPerRequest);
    assertThat(accepted + refused).as("sent").isEqualTo(2.0 * whole * spansPerRequest);
    assertThat(count("tempo_receiver_decode_failures", receiver, transport))
        .as("failures to decode")
        .isEqualTo(whole);
  }

  private static Payload send(Sender sender, Payload payload) throws Exception {
    sender.send(payload);
    return payload;
  }

  /// How many spans the ingester took.
  public int stored() {
    return stored.get();
  }

  /// The sum of a receiver's counter.
  public double count(String name, String receiver, String transport) {
    return registry
        .find(name)
        .tag("receiver", receiver)
        .tag("transport", transport)
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
