package io.vivace.distributor.receiver;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vivace.distributor.PushException;
import org.jspecify.annotations.Nullable;

/// Errors as `google.rpc.Status`, with `RetryInfo` when the client should wait.
public final class GrpcErrors {
  private GrpcErrors() {}

  /// The status of a request that was refused or could not be stored.
  public static StatusRuntimeException of(PushException error) {
    String message = error.getMessage() == null ? "" : error.getMessage();
    return StatusProto.toStatusRuntimeException(status(error.code(), message, error.retryAfter()));
  }

  /// The status of a request that is no message of the protocol.
  public static StatusRuntimeException malformed(Exception error) {
    return io.grpc.Status.INTERNAL
        .withDescription("grpc: error unmarshalling request: " + error.getMessage())
        .asRuntimeException();
  }

  /// A status.
  ///
  /// @param retryAfter how long the client should wait, null for no advice
  public static Status status(Code code, String message, java.time.@Nullable Duration retryAfter) {
    Status.Builder status = Status.newBuilder().setCode(code.value()).setMessage(message);
    if (retryAfter != null) {
      Duration delay =
          Duration.newBuilder()
              .setSeconds(retryAfter.toSeconds())
              .setNanos(retryAfter.toNanosPart())
              .build();
      status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
    }
    return status.build();
  }
}
