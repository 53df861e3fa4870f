package io.vivace.service.launch;

import io.vivace.service.config.ConfigException;
import io.vivace.service.grpc.PortUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/// Failures of a start that a user can act on, in words instead of a stack trace.
final class StartFailures {
  private StartFailures() {}

  /// One line about the innermost known cause of `failure`, or null when none is known.
  static @Nullable String explain(Throwable failure) {
    String text = null;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      text =
          switch (cause) {
            case PortUnavailableException port -> port.getMessage();
            case PortInUseException port ->
                portKey(port) + " (expected: a free port): another process listens on it";
            case ConfigException config -> "configuration: " + config.getMessage();
            default -> text;
          };
      cause = cause.getCause();
    }
    return text;
  }

  private static String portKey(PortInUseException failure) {
    return "server.http_listen_port: " + failure.getPort();
  }
}
