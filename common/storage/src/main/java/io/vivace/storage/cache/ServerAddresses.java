package io.vivace.storage.cache;

import com.spotify.dns.DnsException;
import com.spotify.dns.DnsSrvResolver;
import com.spotify.dns.DnsSrvResolvers;
import com.spotify.dns.LookupResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where memcached's servers are: a list of `host:port`, `dns+host:port` (every address of the
/// host), `dnssrv+name` and `dnssrvnoa+name` (a service record).
final class ServerAddresses {
  private static final String DNS = "dns+";
  private static final String SRV = "dnssrv+";
  private static final String SRV_WITHOUT_ADDRESSES = "dnssrvnoa+";
  private static final int LOOKUP_MILLIS = 2000;
  private static final Pattern DIGITS = Pattern.compile("(\\D*)(\\d*)");

  private final List<String> entries;
  private final Lookup lookup;

  /// Names to addresses.
  interface Lookup {
    /// The addresses of a host.
    List<String> addresses(String host) throws UnknownHostException;

    /// The `host:port` pairs of a service record.
    List<String> services(String name) throws UnknownHostException;

    /// Asks the system, and its name servers for service records.
    static Lookup system() {
      return new SystemLookup();
    }
  }

  private ServerAddresses(List<String> entries, Lookup lookup) {
    this.entries = entries;
    this.lookup = lookup;
  }

  /// @param addresses list with commas; when empty the service record of `service` at `host` counts
  /// @throws IllegalArgumentException when neither says anything
  static ServerAddresses of(String addresses, String host, String service, Lookup lookup) {
    List<String> entries = new ArrayList<>();
    for (String entry : addresses.split(",", -1)) {
      if (!entry.isBlank()) {
        entries.add(entry.strip());
      }
    }
    if (entries.isEmpty() && !host.isBlank()) {
      entries.add(SRV + "_" + (service.isBlank() ? "memcached" : service) + "._tcp." + host);
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("memcached: no host (expected: host or addresses)");
    }
    return new ServerAddresses(List.copyOf(entries), lookup);
  }

  /// The servers now, as `host:port`, each once, in natural order: numbers by value.
  ///
  /// @throws UnknownHostException when a name has no address
  List<String> resolve() throws UnknownHostException {
    List<String> servers = new ArrayList<>();
    for (String entry : entries) {
      if (entry.startsWith(SRV) || entry.startsWith(SRV_WITHOUT_ADDRESSES)) {
        servers.addAll(lookup.services(entry.substring(entry.indexOf('+') + 1)));
      } else if (entry.startsWith(DNS)) {
        InetSocketAddress address = parse(entry.substring(DNS.length()));
        for (String ip : lookup.addresses(address.getHostString())) {
          servers.add((ip.contains(":") ? "[" + ip + "]" : ip) + ":" + address.getPort());
        }
      } else {
        servers.add(entry);
      }
    }
    return servers.stream().distinct().sorted(NATURAL).toList();
  }

  /// Host and port, unresolved.
  static InetSocketAddress parse(String server) {
    int colon = server.lastIndexOf(':');
    String host = colon < 0 ? server : server.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(server.substring(colon + 1));
      if (colon > 0 && port > 0 && port <= 65_535) {
        return InetSocketAddress.createUnresolved(host, port);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("address: " + server + " (expected: host:port)", e);
    }
    throw new IllegalArgumentException("address: " + server + " (expected: host:port)");
  }

  private static final Comparator<String> NATURAL =
      (a, b) -> {
        Matcher left = DIGITS.matcher(a);
        Matcher right = DIGITS.matcher(b);
        while (left.find() && right.find()) {
          int text = left.group(1).compareTo(right.group(1));
          if (text != 0) {
            return text;
          }
          int number = compareNumbers(left.group(2), right.group(2));
          if (number != 0) {
            return number;
          }
          if (left.end() == a.length() || right.end() == b.length()) {
            break;
          }
        }
        return a.length() == b.length() ? a.compareTo(b) : a.length() - b.length();
      };

  private static int compareNumbers(String a, String b) {
    String left = a.replaceFirst("^0+", "");
    String right = b.replaceFirst("^0+", "");
    return left.length() == right.length()
        ? left.compareTo(right)
        : Integer.compare(left.length(), right.length());
  }

  private static final class SystemLookup implements Lookup {
    private @Nullable DnsSrvResolver resolver;

    @Override
    public List<String> addresses(String host) throws UnknownHostException {
      List<String> addresses = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(host)) {
        addresses.add(address.getHostAddress());
      }
      return addresses;
    }

    @Override
    public List<String> services(String name) throws UnknownHostException {
      DnsSrvResolver asked = resolver;
      if (asked == null) {
        asked = DnsSrvResolvers.newBuilder().dnsLookupTimeoutMillis(LOOKUP_MILLIS).build();
        resolver = asked;
      }
      try {
        List<String> services = new ArrayList<>();
        for (LookupResult result : asked.resolve(name)) {
          services.add(result.host().replaceFirst("\\.$", "") + ":" + result.port());
        }
        return services;
      } catch (DnsException e) {
        throw (UnknownHostException) new UnknownHostException(name).initCause(e);
      }
    }
  }
}
