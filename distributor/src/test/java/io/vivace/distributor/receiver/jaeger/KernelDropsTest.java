package io.vivace.distributor.receiver.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelDropsTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode ref pointer drops\n";

  @TempDir Path folder;

  @Test
  void addsTheDropsOfEverySocketOfThePort() throws Exception {
    Path ipv4 = table("udp", line("0100007F:1AAF", 3), line("0100007F:1AB0", 100));
    Path ipv6 = table("udp6", line("00000000000000000000000000000000:1AAF", 4));
    assertThat(new KernelDrops(List.of(ipv4, ipv6), 6831).count()).isEqualTo(7);
  }

  @Test
  void neverCountsBackWhenTheSocketIsClosed() throws Exception {
    Path table = table("udp", line("0100007F:1AAF", 3));
    KernelDrops drops = new KernelDrops(List.of(table), 6831);
    assertThat(drops.count()).isEqualTo(3);
    Files.writeString(table, HEADER);
    assertThat(drops.count()).isEqualTo(3);
  }

  @Test
  void isZeroWhereThereIsNoTable() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "a b c d e f g 0:1AAF i j k l m\n");
    assertThat(new KernelDrops(List.of(folder.resolve("missing"), other), 6831).count()).isZero();
  }

  private Path table(String name, String... lines) throws Exception {
    return Files.writeString(folder.resolve(name), HEADER + String.join("", lines));
  }

  private static String line(String address, int drops) {
    return "  10: "
        + address
        + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 123 2 0000 "
        + drops
        + "\n";
  }
}
