package io.vivace.service.error;

import io.grpc.Status;

/// What went wrong, and how it is told over HTTP and gRPC. This is the only place that maps one to
/// the other.
public enum ErrorCode {
  /// The request itself is wrong; repeating it does not help.
  INVALID_ARGUMENT(400, Status.Code.INVALID_ARGUMENT),
  /// The request names no tenant.
  NO_TENANT(401, Status.Code.UNKNOWN),
  /// What was asked for does not exist.
  NOT_FOUND(404, Status.Code.NOT_FOUND),
  /// The answer is larger than allowed.
  TOO_LARGE(422, Status.Code.FAILED_PRECONDITION),
  /// Too much at once; the client may repeat the request later.
  RESOURCE_EXHAUSTED(429, Status.Code.RESOURCE_EXHAUSTED),
  /// The client went away.
  CANCELLED(499, Status.Code.CANCELLED),
  /// The request needs something that is not built.
  UNIMPLEMENTED(501, Status.Code.UNIMPLEMENTED),
  /// A part that is needed is not there now; the client may repeat the request.
  UNAVAILABLE(503, Status.Code.UNAVAILABLE),
  /// The time is up.
  DEADLINE_EXCEEDED(504, Status.Code.DEADLINE_EXCEEDED),
  /// A fault of ours.
  INTERNAL(500, Status.Code.INTERNAL);

  private final int httpStatus;
  private final Status.Code grpcCode;

  ErrorCode(int httpStatus, Status.Code grpcCode) {
    this.httpStatus = httpStatus;
    this.grpcCode = grpcCode;
  }

  /// The HTTP status.
  public int httpStatus() {
    return httpStatus;
  }

  /// The gRPC code.
  public Status.Code grpcCode() {
    return grpcCode;
  }
}
