package io.vivace.service.error;

import io.grpc.Status;

/// An error whose text the client sees as it is: `name: value (expected: …)`, or Tempo's own text
/// where clients match on it.
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /// @param text what the client reads
  public ServiceException(ErrorCode code, String text) {
    super(text);
    this.code = code;
  }

  /// @param text what the client reads
  public ServiceException(ErrorCode code, String text, Throwable cause) {
    super(text, cause);
    this.code = code;
  }

  /// What went wrong.
  public ErrorCode code() {
    return code;
  }

  /// The text that the client reads.
  public String text() {
    return String.valueOf(getMessage());
  }

  /// The gRPC status of this error.
  public Status grpcStatus() {
    return Status.fromCode(code.grpcCode()).withDescription(text());
  }
}
