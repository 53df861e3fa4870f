package io.vivace.distributor;

import io.vivace.ring.Instance;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushResponse;
import java.util.concurrent.CompletableFuture;

/// Sends traces to one ingester.
public interface IngesterClient {
  /// Pushes the traces of `tenant`. The future fails with a gRPC status; it is never cancelled
  /// because another ingester was faster.
  CompletableFuture<PushResponse> push(Instance ingester, String tenant, PushBytesRequest request);
}
