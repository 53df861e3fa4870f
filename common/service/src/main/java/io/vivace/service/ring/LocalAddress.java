package io.vivace.service.ring;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The address that others reach this process at.
final class LocalAddress {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAddress.class);

  private LocalAddress() {}

  /// The first of: `configured`; `listen` when the server listens on one address only; an address
  /// of the first interface of `interfaces` that has one; an address of any other interface;
  /// loopback.
  ///
  /// @param configured a host or address, empty for none
  /// @param listen the server's listen address, empty for all
  static String of(String configured, String listen, List<String> interfaces) {
    if (!configured.isEmpty()) {
      return configured;
    }
    if (!listen.isEmpty() && !listen.equals("0.0.0.0") && !listen.equals("::")) {
      return listen;
    }
    return ofInterfaces(interfaces).getHostAddress();
  }

  /// An address of the first interface of `interfaces` that has one, of any other one, or loopback.
  static InetAddress ofInterfaces(List<String> interfaces) {
    try {
      List<InetAddress> addresses = new ArrayList<>();
      for (String name : interfaces) {
        addresses.addAll(addresses(NetworkInterface.getByName(name)));
      }
      for (NetworkInterface other : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        addresses.addAll(addresses(other));
      }
      if (!addresses.isEmpty()) {
        return addresses.getFirst();
      }
    } catch (IOException e) {
      LOG.warn("msg=\"network interfaces not listed, using loopback\"", e);
    }
    return InetAddress.getLoopbackAddress();
  }

  /// Addresses that others can reach, IPv4 first.
  private static List<InetAddress> addresses(@Nullable NetworkInterface of) throws IOException {
    if (of == null || !of.isUp() || of.isLoopback()) {
      return List.of();
    }
    return of.inetAddresses()
        .filter(address -> !address.isLinkLocalAddress() && !address.isAnyLocalAddress())
        .sorted((a, b) -> Boolean.compare(b instanceof Inet4Address, a instanceof Inet4Address))
        .toList();
  }
}
