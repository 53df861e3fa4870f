package io.vivace.distributor.receiver.zipkin;

/// An endpoint of a v1 span; its texts lie in the span's arena, addresses in printed form.
final class V1Endpoint {
  long service;
  long ipv4;
  long ipv6;
  int port;

  void clear() {
    service = TextArena.NONE;
    ipv4 = TextArena.NONE;
    ipv6 = TextArena.NONE;
    port = 0;
  }

  void copy(V1Endpoint other) {
    service = other.service;
    ipv4 = other.ipv4;
    ipv6 = other.ipv6;
    port = other.port;
  }

  /// The address, version 6 before version 4.
  long ip() {
    return TextArena.length(ipv6) > 0 ? ipv6 : ipv4;
  }
}
