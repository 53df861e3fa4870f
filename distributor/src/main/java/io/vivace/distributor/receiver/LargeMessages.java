package io.vivace.distributor.receiver;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/// Counts the messages that gRPC refuses for their size before a method sees them.
final class LargeMessages extends ServerStreamTracer.Factory {
  /// How gRPC's own refusal begins; nothing else tells it from one of ours.
  private static final String REFUSAL = "gRPC message exceeds maximum size";

  private final TracesConsumer consumer;

  LargeMessages(TracesConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        String description = status.getDescription();
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED
            && description != null
            && description.startsWith(REFUSAL)) {
          consumer.decodeFailed(DecodeFailure.TOO_LARGE);
        }
      }
    };
  }
}
