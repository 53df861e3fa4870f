package io.vivace.service.ring;

import java.io.IOException;

/// A host, by name or address, and a port.
///
/// @param host without the brackets of an IPv6 address
public record HostPort(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /// Reads `host`, `host:port` or `[address]:port`.
  ///
  /// @param defaultPort the port of a text that has none
  /// @throws IOException when the text is none of these
  public static HostPort parse(String text, int defaultPort) throws IOException {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon >= 0 && (text.indexOf(':') == colon || text.startsWith("["));
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : defaultPort;
      if (!host.isEmpty() && port > 0 && port <= MAX_PORT) {
        return new HostPort(host, port);
      }
    } catch (NumberFormatException e) {
      throw new IOException(text + " (expected: host:port)", e);
    }
    throw new IOException(text + " (expected: host:port)");
  }
}
