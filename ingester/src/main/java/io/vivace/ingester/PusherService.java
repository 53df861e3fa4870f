package io.vivace.ingester;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.vivace.ingester.log.LogRecord;
import io.vivace.service.tenant.Tenants;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushErrorReason;
import io.vivace.wire.tempopb.PushResponse;
import io.vivace.wire.tempopb.PusherGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Takes pushes of distributors. Each piece is an OTLP `TracesData` message with spans of one
/// trace.
final class PusherService extends PusherGrpc.PusherImplBase {
  private final Ingester ingester;
  private final BooleanSupplier accepting;
  private final BooleanSupplier isFull;
  private final IngesterMetrics metrics;

  /// @param accepting whether pushes are taken now: not before the replay, not after the stop began
  /// @param isFull whether the disk of the log has no room to spare
  PusherService(
      Ingester ingester,
      BooleanSupplier accepting,
      BooleanSupplier isFull,
      IngesterMetrics metrics) {
    this.ingester = ingester;
    this.accepting = accepting;
    this.isFull = isFull;
    this.metrics = metrics;
  }

  @Override
  public void pushBytesV2(PushBytesRequest request, StreamObserver<PushResponse> response) {
    if (!accepting.getAsBoolean()) {
      response.onError(
          Status.UNAVAILABLE
              .withDescription("Ingester is starting or shutting down")
              .asRuntimeException());
      return;
    }
    if (isFull.getAsBoolean()) {
      response.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription(
                  "ingester: disk of the log is full (expected: below "
                      + Math.round(DiskWatch.CRITICAL * 100)
                      + " %)")
              .asRuntimeException());
      return;
    }
    if (request.getTracesCount() != request.getIdsCount()) {
      response.onError(
          Status.INVALID_ARGUMENT
              .withDescription(
                  "mismatched traces/ids length: "
                      + request.getTracesCount()
                      + ", "
                      + request.getIdsCount())
              .asRuntimeException());
      return;
    }
    String tenant = Tenants.CURRENT.get();
    List<LogRecord.Piece> pieces = new ArrayList<>(request.getTracesCount());
    for (int i = 0; i < request.getTracesCount(); i++) {
      if (request.getIds(i).size() != TraceId.BYTES) {
        response.onError(
            Status.INVALID_ARGUMENT
                .withDescription(
                    "trace id length: " + request.getIds(i).size() + " (expected: 16 bytes)")
                .asRuntimeException());
        return;
      }
      pieces.add(
          new LogRecord.Piece(TraceId.of(request.getIds(i).toByteArray()), request.getTraces(i)));
      metrics.received(tenant, request.getTraces(i).size());
    }
    CompletableFuture<Void> _ =
        ingester
            .push(tenant, pieces)
            .handle((reasons, error) -> {
              answer(response, reasons, error);
              return null;
            });
  }

  private static void answer(
      StreamObserver<PushResponse> response,
      @Nullable List<PushErrorReason> reasons,
      @Nullable Throwable error) {
    if (reasons == null) {
      response.onError(
          Status.UNAVAILABLE
              .withDescription("ingester: " + (error == null ? "no answer" : error.getMessage()))
              .asRuntimeException());
      return;
    }
    PushResponse.Builder answer = PushResponse.newBuilder();
    if (reasons.stream().anyMatch(reason -> reason != PushErrorReason.NO_ERROR)) {
      answer.addAllErrorsByTrace(reasons);
    }
    response.onNext(answer.build());
    response.onCompleted();
  }
}
