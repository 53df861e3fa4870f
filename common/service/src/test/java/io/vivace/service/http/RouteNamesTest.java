package io.vivace.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteNamesTest {
  @ParameterizedTest
  @CsvSource({
    "/api/traces/{traceID}, api_traces_traceid",
    "/querier/api/search, querier_api_search",
    "/tempo/api/v2/search/tag/{tagName}/values, tempo_api_v2_search_tag_tagname_values",
    "/, root",
  })
  void labelsFollowTheTemplate(String template, String label) {
    assertThat(RouteNames.label(template)).isEqualTo(label);
  }
}
