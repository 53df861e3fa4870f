package io.vivace.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanPathFilterTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/api/search, /api/search",
    "//api//search, /api/search",
    "/api/./search, /api/search",
    "/api/x/../search, /api/search",
    "/../../api, /api",
    "/api//, /api/",
    "//, /",
    "/api/.hidden, /api/.hidden",
    "/api/search/tag/..a/values, /api/search/tag/..a/values",
  })
  void cleansAsGoDoes(String path, String clean) {
    assertThat(CleanPathFilter.clean(path)).isEqualTo(clean);
  }
}
