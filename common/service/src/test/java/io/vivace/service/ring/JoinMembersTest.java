package io.vivace.service.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JoinMembersTest {
  private final Map<String, List<InetAddress>> hosts = new HashMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  private final NameService names =
      new NameService() {
        @Override
        public List<InetAddress> addresses(String host) throws IOException {
          List<InetAddress> found = hosts.get(host);
          if (found == null) {
            throw new UnknownHostException(host);
          }
          return found;
        }

        @Override
        public List<Target> services(String name) {
          return List.of(new Target("a", 1234), new Target("b", 1235));
        }
      };

  private JoinMembers members(String... entries) {
    return new JoinMembers(List.of(entries), 7946, names, () -> {}, failures::incrementAndGet);
  }

  private static InetAddress address(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
  }

  private static InetSocketAddress socket(int last, int port) throws UnknownHostException {
    return new InetSocketAddress(address(last), port);
  }

  @Test
  void takesEveryAddressOfAName() throws Exception {
    hosts.put("gossip-ring", List.of(address(1), address(2)));
    hosts.put("a", List.of(address(3)));
    hosts.put("b", List.of(address(4)));
    JoinMembers members = members("dns+gossip-ring:7000", "gossip-ring", "dnssrv+_g._tcp.x");
    members.refresh();
    assertThat(members.current())
        .containsExactlyInAnyOrder(
            socket(1, 7000),
            socket(2, 7000),
            socket(1, 7946),
            socket(2, 7946),
            socket(3, 1234),
            socket(4, 1235));
  }

  @Test
  void keepsWhatANameStoodForWhileItDoesNotResolve() throws Exception {
    hosts.put("a", List.of(address(1)));
    JoinMembers members = members("dns+a:1", "dns+nobody:1");
    members.refresh();
    hosts.clear();
    members.refresh();
    assertThat(members.current()).containsExactly(socket(1, 1));
    assertThat(failures).hasValue(3);
  }

  @Test
  void readsHostsAndPorts() throws IOException {
    assertThat(HostPort.parse("a", 5)).isEqualTo(new HostPort("a", 5));
    assertThat(HostPort.parse("a:6", 5)).isEqualTo(new HostPort("a", 6));
    assertThat(HostPort.parse("[::1]:6", 5)).isEqualTo(new HostPort("::1", 6));
    for (String wrong : List.of("", ":5", "a:b", "a:0", "a:70000")) {
      assertThatThrownBy(() -> HostPort.parse(wrong, 5))
          .as(wrong)
          .hasMessageContaining("expected: host:port");
    }
  }
}
