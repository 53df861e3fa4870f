package io.vivace.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerAddressesTest {
  private final ServerAddresses.Lookup lookup =
      new ServerAddresses.Lookup() {
        @Override
        public List<String> addresses(String host) throws UnknownHostException {
          if (host.equals("unknown")) {
            throw new UnknownHostException(host);
          }
          return List.of("10.0.0.10", "10.0.0.9", "fd00::1");
        }

        @Override
        public List<String> services(String name) {
          return List.of(name + "-10:11211", name + "-9:11211");
        }
      };

  private List<String> resolve(String addresses, String host, String service)
      throws UnknownHostException {
    return ServerAddresses.of(addresses, host, service, lookup).resolve();
  }

  @Test
  void asksForTheServiceRecordOfAHost() throws UnknownHostException {
    assertThat(resolve("", "cache.ns", "memcached-client"))
        .containsExactly(
            "_memcached-client._tcp.cache.ns-9:11211", "_memcached-client._tcp.cache.ns-10:11211");
    assertThat(resolve("", "cache.ns", "")).first().asString().startsWith("_memcached._tcp.");
  }

  @Test
  void takesAddressesInEveryForm() throws UnknownHostException {
    assertThat(resolve("b:1, a:2,a:2", "ignored", "")).containsExactly("a:2", "b:1");
    assertThat(resolve("dns+x:7", "", ""))
        .containsExactly("10.0.0.9:7", "10.0.0.10:7", "[fd00::1]:7");
    assertThat(resolve("dnssrv+s", "", "")).containsExactly("s-9:11211", "s-10:11211");
    assertThat(resolve("dnssrvnoa+s", "", "")).containsExactly("s-9:11211", "s-10:11211");
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThatThrownBy(() -> resolve("", "", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> resolve("dns+x", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host:port");
    assertThatThrownBy(() -> resolve("dns+unknown:1", "", ""))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void movesFewKeysWhenAServerComes() {
    int moved = 0;
    int[] counts = new int[5];
    for (int i = 0; i < 10_000; i++) {
      String key = "tenant:block:" + i;
      int four = ServerSelector.CONSISTENT.select(key, 4);
      int five = ServerSelector.CONSISTENT.select(key, 5);
      counts[five]++;
      if (four != five) {
        assertThat(five).isEqualTo(4);
        moved++;
      }
    }
    assertThat(moved).isBetween(1700, 2300);
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 1700 && count < 2300);
    assertThat(ServerSelector.CONSISTENT.select("x", 1)).isZero();
    // CRC-32 of "123456789" is cbf43926
    assertThat(ServerSelector.MODULO.select("123456789", 10)).isEqualTo((int) (0xcbf43926L % 10));
  }
}
