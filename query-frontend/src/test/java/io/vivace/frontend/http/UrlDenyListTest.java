package io.vivace.frontend.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UrlDenyListTest {
  @Test
  void refusesWhatAnExpressionFindsAnywhere() {
    UrlDenyList list = new UrlDenyList(List.of("q=.*bad", "^/api/x"));
    assertThatThrownBy(() -> list.check("/api/search?q=too-bad"))
        .hasMessageContaining("destabilizes our system");
    assertThatCode(() -> list.check("/y/api/x")).doesNotThrowAnyException();
  }

  /// A backtracking engine needs longer than anybody waits.
  @Test
  @Timeout(60)
  void longUrlsCostTimeInProportion() {
    UrlDenyList list = new UrlDenyList(List.of("(x+x+)+y", ".*a.*a.*b"));
    String url = "/api/search?q=" + "xa".repeat(60_000);
    assertThatCode(() -> list.check(url)).doesNotThrowAnyException();
  }
}
