package io.vivace.service.ring;

import io.vivace.ring.jgroups.SeedAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where `memberlist.join_members` says that others are: `host:port`, `dns+host:port` (every
/// address of the name), `dnssrv+name` (the services of the name, with their ports) and
/// `dnssrvnoa+name` (the same). Names are resolved by [#refresh]; a name that does not resolve for
/// a while keeps what it stood for.
final class JoinMembers implements SeedAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(JoinMembers.class);

  private final List<String> members;
  private final int defaultPort;
  private final NameService names;
  private final Runnable lookup;
  private final Runnable failure;
  private final Map<String, List<InetSocketAddress>> known = new LinkedHashMap<>();
  private volatile List<InetSocketAddress> current = List.of();

  /// @param defaultPort of entries without a port
  /// @param lookup called for each lookup
  /// @param failure called for each that fails
  JoinMembers(
      List<String> members, int defaultPort, NameService names, Runnable lookup, Runnable failure) {
    this.members = List.copyOf(members);
    this.defaultPort = defaultPort;
    this.names = names;
    this.lookup = lookup;
    this.failure = failure;
  }

  @Override
  public List<InetSocketAddress> current() {
    return current;
  }

  /// Resolves every entry anew.
  synchronized void refresh() {
    for (String member : members) {
      lookup.run();
      try {
        known.put(member, resolve(member));
      } catch (IOException e) {
        failure.run();
        LOG.atWarn()
            .addKeyValue("key", "memberlist.join_members")
            .addKeyValue("member", member)
            .addKeyValue("reason", String.valueOf(e.getMessage()))
            .log("name not resolved");
      }
    }
    Set<InetSocketAddress> all = new LinkedHashSet<>();
    known.values().forEach(all::addAll);
    current = List.copyOf(all);
  }

  private List<InetSocketAddress> resolve(String member) throws IOException {
    int plus = member.indexOf('+');
    String kind = plus < 0 ? "" : member.substring(0, plus);
    String rest = member.substring(plus + 1);
    List<InetSocketAddress> found = new ArrayList<>();
    switch (kind) {
      case "", "dns" -> {
        HostPort target = HostPort.parse(rest, defaultPort);
        add(found, target.host(), target.port());
      }
      case "dnssrv", "dnssrvnoa" -> {
        for (NameService.Target target : names.services(rest)) {
          add(found, target.host(), target.port());
        }
      }
      default ->
          throw new IOException(
              "memberlist.join_members: " + member + " (expected: dns+, dnssrv+ or dnssrvnoa+)");
    }
    return found;
  }

  private void add(List<InetSocketAddress> found, String host, int port) throws IOException {
    for (InetAddress address : names.addresses(host)) {
      found.add(new InetSocketAddress(address, port));
    }
  }
}
