package io.vivace.distributor.forwarder;

/// A backend did not take a request.
final class ForwardException extends Exception {
  private static final long serialVersionUID = 1;

  ForwardException(String message, Throwable cause) {
    super(message, cause);
  }
}
