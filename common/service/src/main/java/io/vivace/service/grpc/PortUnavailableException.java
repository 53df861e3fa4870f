package io.vivace.service.grpc;

/// A port cannot be listened on, most often because another process has it.
public final class PortUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param key configuration key and value of the port, for example `server.grpc_listen_port:
  ///   9095`
  /// @param reason what the system said
  public PortUnavailableException(String key, String reason, Throwable cause) {
    super(key + " (expected: a free port): " + reason, cause);
  }
}
