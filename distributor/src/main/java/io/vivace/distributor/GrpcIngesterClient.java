package io.vivace.distributor;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Context;
import io.vivace.ring.Instance;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.tenant.TenantClientInterceptor;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushResponse;
import io.vivace.wire.tempopb.PusherGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Pushes over gRPC. Calls are detached from the client's request: they end when they are done or
/// late, not when the client got its answer.
final class GrpcIngesterClient implements IngesterClient {
  private final InternalChannels channels;
  private final DistributorMetrics metrics;
  private final Duration timeout;

  GrpcIngesterClient(InternalChannels channels, DistributorMetrics metrics, Duration timeout) {
    this.channels = channels;
    this.metrics = metrics;
    this.timeout = timeout;
  }

  @Override
  public CompletableFuture<PushResponse> push(
      Instance ingester, String tenant, PushBytesRequest request) {
    CompletableFuture<PushResponse> result = new CompletableFuture<>();
    Context.ROOT.run(() ->
        Futures.addCallback(
            PusherGrpc.newFutureStub(channels.channel(ingester.address()))
                .withOption(TenantClientInterceptor.TENANT, tenant)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .pushBytesV2(request),
            new FutureCallback<>() {
              @Override
              public void onSuccess(@Nullable PushResponse response) {
                metrics.append(ingester.address(), false);
                result.complete(response == null ? PushResponse.getDefaultInstance() : response);
              }

              @Override
              public void onFailure(Throwable error) {
                metrics.append(ingester.address(), true);
                result.completeExceptionally(error);
              }
            },
            MoreExecutors.directExecutor()));
    return result;
  }
}
