package io.vivace.distributor;

import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.TraceSlice;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every listener of a distributor as one. What a listener throws is logged and ends there: spans
/// that are stored are not refused because of who looks on.
final class PushListeners implements PushListener {
  private static final Logger LOG = LoggerFactory.getLogger(PushListeners.class);

  private final List<PushListener> listeners;

  PushListeners(List<PushListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void received(String tenant, OtlpBatch batch) {
    tell(tenant, listener -> listener.received(tenant, batch));
  }

  @Override
  public void discarded(String tenant, OtlpBatch batch) {
    tell(tenant, listener -> listener.discarded(tenant, batch));
  }

  @Override
  public void rejected(String tenant, TraceSlice trace, String reason) {
    tell(tenant, listener -> listener.rejected(tenant, trace, reason));
  }

  @Override
  public void failed(String tenant, PushException error) {
    tell(tenant, listener -> listener.failed(tenant, error));
  }

  @Override
  public void stored(String tenant, byte[] otlp) {
    tell(tenant, listener -> listener.stored(tenant, otlp));
  }

  private void tell(String tenant, Consumer<PushListener> news) {
    for (PushListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("msg=\"listener of pushes failed\" tenant={} listener={}", tenant, listener, e);
      }
    }
  }
}
