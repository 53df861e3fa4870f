package io.vivace.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a ${SET} b, a value b",
        "${UNSET}x, x",
        "${UNSET:-d}, d",
        "${UNSET:d}, d",
        "${UNSET:=d}, d",
        "${EMPTY:-d}, d",
        "${EMPTY-d}x, x",
        "${SET:-d}, value",
        "$${SET}, ${SET}",
        "$SET, $SET",
        "${UNSET:-a$b\\c}, a$b\\c",
      })
  void expands(String text, String expanded) {
    Map<String, String> variables = Map.of("SET", "value", "EMPTY", "");

    assertThat(Environment.expand(text, variables::get)).isEqualTo(expanded);
  }
}
