package io.vivace.querier;

import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.ring.HostPort;
import io.vivace.service.ring.NameService;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The query-frontends behind `querier.frontend_worker.frontend_address`: every address of the
/// name, resolved anew at each call; this process when there is no name. While the name does not
/// resolve it is what it was.
final class Frontends implements Supplier<Set<String>> {
  private static final Logger LOG = LoggerFactory.getLogger(Frontends.class);
  private static final int DEFAULT_PORT = 9095;

  private final String address;
  private final InternalChannels channels;
  private final NameService names;
  private Set<String> known = Set.of();

  Frontends(String address, InternalChannels channels, NameService names) {
    this.address = address.replaceFirst("^dns:///", "");
    this.channels = channels;
    this.names = names;
  }

  @Override
  public synchronized Set<String> get() {
    if (address.isEmpty()) {
      return Set.of(InternalChannels.LOCAL);
    }
    if (channels.local(address)) {
      return Set.of(address);
    }
    try {
      HostPort target = HostPort.parse(address, DEFAULT_PORT);
      Set<String> found = new TreeSet<>();
      for (InetAddress host : names.addresses(target.host())) {
        String text = host.getHostAddress();
        found.add((host instanceof Inet6Address ? "[" + text + "]" : text) + ":" + target.port());
      }
      known = found;
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("key", "querier.frontend_worker.frontend_address")
          .addKeyValue("address", address)
          .addKeyValue("reason", String.valueOf(e.getMessage()))
          .log("name not resolved");
    }
    return known;
  }
}
