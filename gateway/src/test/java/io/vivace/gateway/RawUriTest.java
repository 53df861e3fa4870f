package io.vivace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawUriTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\0',
      value = {
        "/api/search?q={} /api/search?q=%7B%7D",
        "/a?q=%7b+%7D&b=[1] /a?q=%7b+%7D&b=[1]",
        "/a[1]?x=100% /a%5B1%5D?x=100%25",
        "/a?q=\"|<>^` /a?q=%22%7C%3C%3E%5E%60",
        "/a%2Fb//c /a%2Fb//c",
      })
  void repairsOnlyWhatIsNoUri(String target, String repaired) {
    assertThat(RawUri.repair(target)).isEqualTo(repaired);
  }

  @Test
  void everyByteBecomesAUri() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder target = new StringBuilder("/");
      for (int length = random.nextInt(40); length > 0; length--) {
        target.append((char) random.nextInt(256));
      }
      assertThat(URI.create("http://h" + RawUri.repair(target.toString())).getHost())
          .isEqualTo("h");
    }
  }
}
