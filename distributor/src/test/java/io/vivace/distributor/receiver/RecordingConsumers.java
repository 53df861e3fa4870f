package io.vivace.distributor.receiver;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.distributor.PushException;
import io.vivace.distributor.PushResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps what receivers give it, or refuses it.
public final class RecordingConsumers implements ConsumerFactory {
  /// One request.
  ///
  /// @param tenants values of the tenant's header
  /// @param otlp the OTLP request
  /// @param transport label of the receiver's transport
  public record Received(List<String> tenants, byte[] otlp, String transport) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<DecodeFailure> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile @Nullable PushException refusal;

  /// Every request so far that was not refused.
  public List<Received> received() {
    return received;
  }

  /// Every payload that could not be decoded.
  public List<DecodeFailure> failures() {
    return failures;
  }

  /// How many requests were refused.
  public int refusals() {
    return refusals.get();
  }

  /// Refuses every request from now on; null takes them again.
  public void refuseWith(@Nullable PushException error) {
    refusal = error;
  }

  /// A context for receivers in front of these consumers.
  public ReceiverContext context() {
    return new ReceiverContext(
        this,
        Executors.newVirtualThreadPerTaskExecutor(),
        new SimpleMeterRegistry(),
        "udp-tenant",
        Duration.ofSeconds(1));
  }

  @Override
  public TracesConsumer consumer(String receiver, String transport) {
    return new TracesConsumer() {
      @Override
      public PushResult consume(List<String> tenantHeaders, byte[] otlp) throws PushException {
        PushException error = refusal;
        if (error != null) {
          refusals.incrementAndGet();
          throw error;
        }
        received.add(new Received(tenantHeaders, otlp, transport));
        return PushResult.COMPLETE;
      }

      @Override
      public void decodeFailed(DecodeFailure reason) {
        failures.add(reason);
      }
    };
  }
}
