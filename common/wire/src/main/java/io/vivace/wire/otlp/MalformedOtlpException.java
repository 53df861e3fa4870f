package io.vivace.wire.otlp;

/// The bytes are no OTLP export request. The message says where and what was expected.
public final class MalformedOtlpException extends Exception {
  private static final long serialVersionUID = 1;

  /// An error with `message`.
  public MalformedOtlpException(String message) {
    super(message);
  }
}
