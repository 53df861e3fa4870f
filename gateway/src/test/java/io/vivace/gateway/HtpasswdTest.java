package io.vivace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes of other tools (Sprig, glibc, OpenSSL) of one password with a colon and a letter that is
/// no ASCII.
class HtpasswdTest {
  private static final String PASSWORD = "pässword:1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2a$10$xOk97IQWYA7Y7ovvQ6Mq4OLAL23cLdLY0FxA3MGUaN6kLmzYaK6W2",
        "$2y$05$abcdefghijklmnopqrstuubu/A6pxK.QBYYBGHElREFLjR3eHYgkK",
        "$apr1$abcdefgh$MqmScYjJi/XatCma6WWLd.",
        "$1$abcdefgh$W5jFR7vKfq6SmMypnKqLt1",
        "$5$abcdefgh$X4I2bh.364IANKhXN6zloknPmCs5nGIucRD4WD.G1W5",
        "$6$abcdefgh$gHX1GjcqWVuHB5e.DA5LAYuS8DlcNf47dbfAbrzYg4GYkwRb17R6euwYdD6725VdHhgmL.ztRWCueJ13mG/Zn/",
        "{SHA}PcoIHxhUptvsl48mfbCyv35Tfsw=",
        "{SSHA}XqngkVLQbuVqC1cXqG3/DUbk/y1zYWx0MTIzNA=="
      })
  void acceptsThePasswordOfEveryKindOfHash(String hash) {
    Htpasswd passwords = Htpasswd.parse("# comment\n\nother:{SHA}AAAA\nann:" + hash + "\n");

    assertThat(passwords.accept("ann", PASSWORD)).isTrue();
    assertThat(passwords.accept("ann", "password:1")).isFalse();
    assertThat(passwords.accept("ann", "")).isFalse();
    assertThat(passwords.accept("bob", PASSWORD)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ann", "ann:", "ann:plain", "ann:$9$a$b", ":{SHA}AAAA", "ann:$2y$10$short"})
  void skipsLinesWithoutAHash(String line) {
    Htpasswd passwords = Htpasswd.parse(line);

    assertThat(passwords.isEmpty()).isTrue();
    assertThat(passwords.accept("ann", "plain")).isFalse();
  }

  @Test
  void refusesEverythingOnAnyDamagedFile() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String line = "ann:$5$abcdefgh$X4I2bh.364IANKhXN6zloknPmCs5nGIucRD4WD.G1W5";
    for (int round = 0; round < 300; round++) {
      StringBuilder damaged = new StringBuilder(line);
      damaged.setCharAt(4 + random.nextInt(line.length() - 4), (char) (33 + random.nextInt(94)));

      boolean accepted = Htpasswd.parse(damaged.toString()).accept("ann", "wrong");

      assertThat(accepted).as("seed %d: %s", seed, damaged).isFalse();
    }
  }
}
