package io.vivace.frontend.queue;

import io.grpc.Status;

/// A job, and with it its query, failed.
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Status.Code code;

  /// An error that the client is told with `code` and `message`.
  public QueryException(Status.Code code, String message) {
    super(message);
    this.code = code;
  }

  /// The gRPC code; the HTTP status is derived from it.
  public Status.Code code() {
    return code;
  }

  /// Whether another try may succeed: everything but the client's mistakes and overload.
  boolean isRetryable() {
    return switch (code) {
      case UNKNOWN, INTERNAL, UNAVAILABLE, DATA_LOSS, ABORTED, DEADLINE_EXCEEDED -> true;
      case OK,
          CANCELLED,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          UNAUTHENTICATED ->
          false;
    };
  }
}
