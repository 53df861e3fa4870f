package io.vivace.querier;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Status;
import io.vivace.ring.Instance;
import io.vivace.ring.ReadSet;
import io.vivace.ring.Ring;
import io.vivace.ring.RingException;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.tenant.TenantClientInterceptor;
import io.vivace.wire.tempopb.QuerierGrpc;
import io.vivace.wire.tempopb.QuerierGrpc.QuerierFutureStub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks every ingester of the ring at once. What was acknowledged is at a quorum of the replicas,
/// so the answer is complete as soon as so many have answered that no quorum fits into the others;
/// it does not wait for these.
final class RecentQueries {
  private final Ring ring;
  private final InternalChannels channels;

  RecentQueries(Ring ring, InternalChannels channels) {
    this.ring = ring;
    this.channels = channels;
  }

  private record Call<R>(Instance ingester, ListenableFuture<R> future) {}

  /// The answers of the ingesters.
  ///
  /// @param timeoutMillis how long each may take
  /// @throws io.grpc.StatusRuntimeException when too many fail: the status of the last one
  <R> List<R> ask(
      String tenant, long timeoutMillis, Function<QuerierFutureStub, ListenableFuture<R>> call)
      throws InterruptedException {
    ReadSet asked = readSet();
    BlockingQueue<Call<R>> done = new LinkedBlockingQueue<>();
    List<Call<R>> calls = new ArrayList<>();
    for (Instance ingester : asked.instances()) {
      Call<R> started =
          new Call<>(
              ingester,
              call.apply(
                  QuerierGrpc.newFutureStub(channels.channel(ingester.address()))
                      .withOption(TenantClientInterceptor.TENANT, tenant)
                      .withDeadlineAfter(timeoutMillis, TimeUnit.MILLISECONDS)));
      calls.add(started);
      started.future.addListener(() -> done.add(started), MoreExecutors.directExecutor());
    }
    try {
      return collect(asked, done);
    } finally {
      calls.forEach(late -> late.future.cancel(true));
    }
  }

  private ReadSet readSet() {
    try {
      return ring.view().readSet();
    } catch (RingException e) {
      throw Status.UNAVAILABLE.withDescription(e.getMessage()).asRuntimeException();
    }
  }

  private static <R> List<R> collect(ReadSet asked, BlockingQueue<Call<R>> done)
      throws InterruptedException {
    ReadQuorum quorum = new ReadQuorum(asked);
    List<R> answers = new ArrayList<>();
    while (!quorum.isReached()) {
      Call<R> next = done.take();
      switch (next.future.state()) {
        case SUCCESS -> {
          answers.add(next.future.resultNow());
          quorum.answered(next.ingester);
        }
        case FAILED, CANCELLED, RUNNING -> {
          Status status = status(next.future);
          quorum.failed(next.ingester);
          if (quorum.isImpossible() || status.getCode() == Status.Code.INVALID_ARGUMENT) {
            throw status.asRuntimeException();
          }
        }
      }
    }
    return answers;
  }

  private static Status status(ListenableFuture<?> failed) {
    return failed.isCancelled() ? Status.CANCELLED : Status.fromThrowable(failed.exceptionNow());
  }
}
