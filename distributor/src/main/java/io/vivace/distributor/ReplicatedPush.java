package io.vivace.distributor;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.vivace.ring.Instance;
import io.vivace.ring.Operation;
import io.vivace.ring.RingException;
import io.vivace.ring.RingView;
import io.vivace.wire.Fnv;
import io.vivace.wire.otlp.TraceSlice;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushErrorReason;
import io.vivace.wire.tempopb.PushResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request on its way to the ingesters: one push per ingester, done when every trace is at a
/// quorum of its replicas, failed when one trace cannot get there any more. Pushes that are still
/// under way then are finished, not cancelled.
final class ReplicatedPush {
  private final List<TraceSlice> traces;
  private final List<RingView.Replicas> replicas;
  private final int[] succeeded;
  private final int[] failedByClient;
  private final int[] failedByServer;
  private final int[] accepted;
  private final PushErrorReason[] reasons;
  private final ReentrantLock lock = new ReentrantLock();
  private final CompletableFuture<List<Rejection>> result = new CompletableFuture<>();
  private int undecided;

  private ReplicatedPush(List<TraceSlice> traces, List<RingView.Replicas> replicas) {
    this.traces = traces;
    this.replicas = replicas;
    this.succeeded = new int[traces.size()];
    this.failedByClient = new int[traces.size()];
    this.failedByServer = new int[traces.size()];
    this.accepted = new int[traces.size()];
    this.reasons = new PushErrorReason[traces.size()];
    this.undecided = traces.size();
  }

  /// A trace that a quorum of ingesters answered for but did not take.
  record Rejection(TraceSlice trace, PushErrorReason reason) {}

  /// Sends `traces` to their ingesters.
  ///
  /// @param operation which ingesters those are
  /// @return the traces that were rejected; fails with the gRPC status of the ingester that made
  ///   the quorum impossible
  /// @throws RingException when the ring has too few members
  static CompletableFuture<List<Rejection>> send(
      String tenant,
      List<TraceSlice> traces,
      RingView ring,
      Operation operation,
      IngesterClient client)
      throws RingException {
    List<RingView.Replicas> replicas = new ArrayList<>(traces.size());
    Map<Instance, List<Integer>> byIngester = new LinkedHashMap<>();
    for (int i = 0; i < traces.size(); i++) {
      RingView.Replicas found =
          ring.replicas(Fnv.ringToken(tenant, traces.get(i).traceId()), operation);
      replicas.add(found);
      for (Instance ingester : found.instances()) {
        byIngester.computeIfAbsent(ingester, key -> new ArrayList<>()).add(i);
      }
    }
    ReplicatedPush push = new ReplicatedPush(traces, replicas);
    if (traces.isEmpty()) {
      push.result.complete(List.of());
    }
    byIngester.forEach((ingester, numbers) -> push.send(ingester, tenant, numbers, client));
    return push.result;
  }

  private void send(
      Instance ingester, String tenant, List<Integer> numbers, IngesterClient client) {
    PushBytesRequest.Builder request = PushBytesRequest.newBuilder();
    for (int number : numbers) {
      TraceSlice trace = traces.get(number);
      request.addTraces(trace.bytes());
      request.addIds(ByteString.copyFrom(trace.traceId().toBytes()));
    }
    CompletableFuture<PushResponse> _ =
        push(client, ingester, tenant, request.build())
            .whenComplete((response, error) -> answered(numbers, response, error));
  }

  /// A client that throws has failed for this ingester only: pushes to others are under way.
  private static CompletableFuture<PushResponse> push(
      IngesterClient client, Instance ingester, String tenant, PushBytesRequest request) {
    try {
      return client.push(ingester, tenant, request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answered(
      List<Integer> numbers, @Nullable PushResponse response, @Nullable Throwable error) {
    lock.lock();
    try {
      for (int i = 0; i < numbers.size(); i++) {
        int number = numbers.get(i);
        if (error == null && response != null) {
          succeeded(number, reason(response, i));
        } else {
          failed(number, error);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static PushErrorReason reason(PushResponse response, int i) {
    return i < response.getErrorsByTraceCount()
        ? response.getErrorsByTrace(i)
        : PushErrorReason.NO_ERROR;
  }

  private void succeeded(int number, PushErrorReason reason) {
    if (reason == PushErrorReason.NO_ERROR) {
      accepted[number]++;
    } else {
      reasons[number] = reason;
    }
    RingView.Replicas asked = replicas.get(number);
    if (++succeeded[number] == asked.quorum()) {
      if (--undecided == 0) {
        result.complete(rejections());
      }
    } else if (succeeded[number] < asked.quorum()
        && succeeded[number] + failedByClient[number] + failedByServer[number]
            == asked.instances().size()) {
      result.completeExceptionally(
          Status.UNAVAILABLE
              .withDescription("ingesters: no quorum of " + asked.quorum())
              .asRuntimeException());
    }
  }

  /// Refusals that every ingester would repeat and failures of ingesters are counted apart: a trace
  /// fails when there are too many of one kind, or when nobody is left to ask.
  private void failed(int number, @Nullable Throwable error) {
    Throwable cause = error == null ? Status.INTERNAL.asRuntimeException() : error;
    int same =
        Status.fromThrowable(cause).getCode() == Status.Code.INVALID_ARGUMENT
            ? ++failedByClient[number]
            : ++failedByServer[number];
    RingView.Replicas asked = replicas.get(number);
    int answers = succeeded[number] + failedByClient[number] + failedByServer[number];
    if (succeeded[number] < asked.quorum()
        && (same > asked.maxFailures() || answers == asked.instances().size())) {
      result.completeExceptionally(cause);
    }
  }

  private List<Rejection> rejections() {
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      if (accepted[i] < replicas.get(i).quorum()) {
        rejections.add(new Rejection(traces.get(i), reasons[i]));
      }
    }
    return rejections;
  }
}
