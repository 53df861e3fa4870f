package io.vivace.distributor.receiver;

import java.net.InetSocketAddress;

/// Reads endpoints as the collector writes them: `host:port`, `:port` for every address.
public final class Endpoint {
  private Endpoint() {}

  /// The socket address of `text`.
  ///
  /// @param key configuration key, for the error
  public static InetSocketAddress parse(String key, String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      String host = colon <= 0 ? "" : text.substring(0, colon).replace("[", "").replace("]", "");
      return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + text + " (expected: host:port)", e);
    }
  }
}
