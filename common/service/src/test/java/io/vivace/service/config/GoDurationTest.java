package io.vivace.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "1h30m, PT1H30M, 1h30m0s",
    "1.5h, PT1H30M, 1h30m0s",
    "250ms, PT0.25S, 250ms",
    "0, PT0S, 0s",
    "-5s, PT-5S, -5s",
    "90s, PT1M30S, 1m30s",
    "1us, PT0.000001S, 1µs",
    "48h, PT48H, 48h0m0s",
    "7d, PT168H, 168h0m0s",
    "2562047h47m16.854775807s, PT2562047H47M16.854775807S, 2562047h47m16.854775807s",
  })
  void readsAndPrintsAsGoDoes(String text, Duration duration, String printed) {
    assertThat(GoDuration.parse(text)).contains(duration);
    assertThat(GoDuration.format(duration)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "", "h", "1 h", "1h ", "1x", "--1s", "1e3s", "99999999999h"})
  void refuses(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }

  @Test
  void printedDurationsReadBack() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(63));
      assertThat(GoDuration.parse(GoDuration.format(duration))).contains(duration);
    }
  }
}
