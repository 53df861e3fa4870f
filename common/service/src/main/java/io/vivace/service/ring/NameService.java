package io.vivace.service.ring;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// What names stand for.
public interface NameService {
  /// Every address of `host`, which may be an address itself.
  ///
  /// @throws IOException when there is none, or nobody answers
  List<InetAddress> addresses(String host) throws IOException;

  /// The hosts and ports of a service (DNS SRV).
  ///
  /// @throws IOException when there is none, or nobody answers
  List<Target> services(String name) throws IOException;

  /// A host and the port to use there.
  record Target(String host, int port) {}
}
