package io.vivace.querier;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.vivace.ring.Instance;
import io.vivace.ring.Ring;
import io.vivace.ring.RingView;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.tenant.TenantClientInterceptor;
import io.vivace.wire.tempopb.QuerierGrpc;
import io.vivace.wire.tempopb.QuerierGrpc.QuerierFutureStub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks every ingester of the ring at once. What was acknowledged is at a quorum of the replicas,
/// so the answer is complete as long as no more than `replication factor / 2` ingesters fail.
final class RecentQueries {
  private final Ring ring;
  private final InternalChannels channels;

  RecentQueries(Ring ring, InternalChannels channels) {
    this.ring = ring;
    this.channels = channels;
  }

  /// The answers of the ingesters.
  ///
  /// @param timeoutMillis how long each may take
  /// @throws io.grpc.StatusRuntimeException when too many fail: the status of the last one
  <R> List<R> ask(
      String tenant, long timeoutMillis, Function<QuerierFutureStub, ListenableFuture<R>> call)
      throws InterruptedException {
    RingView view = ring.view();
    List<ListenableFuture<R>> calls = new ArrayList<>();
    for (Instance ingester : view.instances()) {
      calls.add(
          call.apply(
              QuerierGrpc.newFutureStub(channels.channel(ingester.address()))
                  .withOption(TenantClientInterceptor.TENANT, tenant)
                  .withDeadlineAfter(timeoutMillis, TimeUnit.MILLISECONDS)));
    }
    int tolerated = view.replicationFactor() / 2;
    List<R> answers = new ArrayList<>();
    for (ListenableFuture<R> pending : calls) {
      try {
        answers.add(pending.get());
      } catch (ExecutionException e) {
        Status status = Status.fromThrowable(e);
        if (tolerated-- <= 0 || status.getCode() == Status.Code.INVALID_ARGUMENT) {
          calls.forEach(other -> other.cancel(true));
          throw status.asRuntimeException();
        }
      }
    }
    return answers;
  }
}
