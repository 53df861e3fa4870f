package io.vivace.distributor.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.service.log.RateLimitedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ForwardersTest {
  private static final byte[] REQUEST = {1, 2, 3};

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RateLimitedLog log = new RateLimitedLog(() -> 0, 1000, () -> {});

  @Test
  void sendsWhatWasStoredForTenantsThatAskForIt() throws Exception {
    Sink sink = new Sink(0);
    try (Forwarders forwarders = forwarders(sink, 1 << 20, Duration.ofMinutes(1))) {
      forwarders.stored("one", REQUEST);
      forwarders.stored("nobody", REQUEST);
      assertThat(sink.sent.poll(1, TimeUnit.MINUTES)).isEqualTo("one");
    }
    assertThat(sink.sent).isEmpty();
    assertThat(sink.closed).isTrue();
  }

  @Test
  void dropsAndCountsWhatDoesNotFitIntoTheQueue() {
    Sink sink = new Sink(1);
    Forwarders forwarders = forwarders(sink, 1 << 20, Duration.ofMinutes(1));
    for (int i = 0; i < 150; i++) {
      forwarders.stored("one", REQUEST);
    }
    assertThat(count("tempo_distributor_queue_pushes")).isEqualTo(150);
    double dropped = count("tempo_distributor_queue_pushes_failures");
    assertThat(dropped).isBetween(48.0, 50.0);
    assertThat(registry.get("tempo_distributor_queue_length").gauge().value())
        .isBetween(98.0, 100.0);
    sink.gate.countDown();
    forwarders.close();
    assertThat(sink.sent).hasSize(150 - (int) dropped);
    assertThat(registry.get("tempo_distributor_queue_length").gauge().value()).isZero();
  }

  @Test
  void holdsNoMoreBytesThanItsBudget() {
    Sink sink = new Sink(1);
    Forwarders forwarders = forwarders(sink, 10, Duration.ofMinutes(1));
    for (int i = 0; i < 5; i++) {
      forwarders.stored("one", REQUEST);
    }
    assertThat(count("tempo_distributor_queue_pushes_failures")).isEqualTo(2);
    sink.gate.countDown();
    forwarders.close();
    assertThat(sink.sent).hasSize(3);
  }

  @Test
  void endsWhenTheGraceIsOverWhateverIsLeft() {
    Sink sink = new Sink(1);
    Forwarders forwarders = forwarders(sink, 1 << 20, Duration.ZERO);
    for (int i = 0; i < 10; i++) {
      forwarders.stored("one", REQUEST);
    }
    forwarders.close();
    assertThat(sink.closed).isTrue();
    assertThat(sink.sent).isEmpty();
    forwarders.stored("one", REQUEST);
    assertThat(count("tempo_distributor_queue_pushes")).isEqualTo(10);
  }

  /// More faults than there are workers: none of them may be lost.
  @Test
  void goesOnAfterFaultsOfTheSink() throws Exception {
    AtomicInteger faults = new AtomicInteger();
    Sink sink =
        new Sink(0) {
          @Override
          public void send(String tenant, byte[] otlp) throws ForwardException {
            if (faults.incrementAndGet() <= 5) {
              throw new StackOverflowError("deep message");
            }
            super.send(tenant, otlp);
          }
        };
    Forwarders forwarders = forwarders(sink, 5L * REQUEST.length, Duration.ofMinutes(1));
    for (int i = 1; i <= 5; i++) {
      int count = i;
      forwarders.stored("one", REQUEST);
      await().atMost(Duration.ofMinutes(1)).until(() -> faults.get() >= count);
    }
    forwarders.stored("one", REQUEST);
    assertThat(sink.sent.poll(1, TimeUnit.MINUTES)).isEqualTo("one");
    forwarders.close();
  }

  @Test
  void ignoresForwardersThatOverridesNameAndNobodyConfigured() {
    AtomicInteger dropped = new AtomicInteger();
    RateLimitedLog silent = new RateLimitedLog(() -> 0, 0, dropped::incrementAndGet);
    Forwarders forwarders =
        new Forwarders(
            Map.of("a", new Forwarder("a", new SpanFilter(List.of(), List.of()), new Sink(0))),
            tenant -> List.of("b"),
            10,
            registry,
            silent,
            Duration.ZERO);
    forwarders.stored("one", REQUEST);
    forwarders.close();
    assertThat(dropped).hasValue(1);
  }

  private double count(String name) {
    return registry.get(name).tag("name", "a").tag("tenant", "one").counter().count();
  }

  private Forwarders forwarders(Sink sink, long bytes, Duration grace) {
    return new Forwarders(
        Map.of("a", new Forwarder("a", new SpanFilter(List.of(), List.of()), sink)),
        tenant -> tenant.equals("one") ? List.of("a") : List.of(),
        bytes,
        registry,
        log,
        grace);
  }

  private static class Sink implements SpanSink {
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final CountDownLatch gate;
    private volatile boolean closed;

    Sink(int gates) {
      this.gate = new CountDownLatch(gates);
    }

    @Override
    public void send(String tenant, byte[] otlp) throws ForwardException {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ForwardException("interrupted", e);
      }
      sent.add(tenant);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
