package io.vivace.distributor;

import io.vivace.wire.otlp.OtlpBatch;
import io.vivace.wire.otlp.TraceSlice;

/// Sees requests on their way through the distributor. Methods run on the thread of the push: they
/// must not block and must not change bytes. What they throw is logged and changes nothing.
public interface PushListener {
  /// A request passed the rate limit; its ids were not looked at yet.
  default void received(String tenant, OtlpBatch batch) {}

  /// A request was refused because of its spans.
  default void discarded(String tenant, OtlpBatch batch) {}

  /// Ingesters did not take one trace of a request that was taken otherwise.
  ///
  /// @param reason Tempo's name of the reason, such as `TRACE_TOO_LARGE`
  default void rejected(String tenant, TraceSlice trace, String reason) {}

  /// A request was refused or could not be stored.
  default void failed(String tenant, PushException error) {}

  /// A quorum of ingesters has the request.
  ///
  /// @param otlp the request as it came, with attributes of any length
  default void stored(String tenant, byte[] otlp) {}
}
