package io.vivace.ring.jgroups;

import java.net.InetSocketAddress;
import java.util.List;

/// Where other members may be found now. Must answer at once.
@FunctionalInterface
public interface SeedAddresses {
  /// Resolved addresses, in any order; this process may be among them.
  List<InetSocketAddress> current();
}
