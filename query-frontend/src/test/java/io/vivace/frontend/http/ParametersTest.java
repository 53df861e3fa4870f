package io.vivace.frontend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.frontend.queue.QueryException;
import io.vivace.wire.tempopb.SearchRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  private static final FrontendLimits LIMITS =
      new FrontendLimits(20, 500, 100, Duration.ofDays(7), 131_072, List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q={}&tags=a=b|invalid request: can't specify tags and q in the same query",
        "tags=a%3D1%20a%3D2|invalid tags: tag a has been set twice",
        "tags=%3Dfoo|invalid tags: unexpected '=' at pos 1",
        "tags=foo%3Dba%3Dr|invalid tags: unexpected '=' at pos 7",
        "tags=foo%3D%22bar|invalid tags: unterminated quoted value at pos 9",
        "minDuration=10seconds|invalid minDuration: time: unknown unit \"seconds\" in duration"
            + " \"10seconds\"",
        "minDuration=foo|invalid minDuration: time: invalid duration \"foo\"",
        "minDuration=10|invalid minDuration: time: missing unit in duration \"10\"",
        "minDuration=2s&maxDuration=1s|invalid maxDuration: must be greater than minDuration",
        "limit=five|invalid limit: strconv.Atoi: parsing \"five\": invalid syntax",
        "limit=0|invalid limit: must be a positive number",
        "limit=501|limit 501 exceeds max limit 500",
        "start=1.5&end=3|invalid start: strconv.ParseInt: parsing \"1.5\": invalid syntax",
        "start=1700000000000&end=1|invalid start: strconv.ParseInt: parsing \"1700000000000\":"
            + " value out of range",
        "start=20&end=10|http parameter start must be before end. received start=20 end=10",
        "start=20|http parameter start must be before end. received start=20 end=0",
        "rf1After=x|invalid rf1After: parsing time \"x\" as \"2006-01-02T15:04:05Z07:00\": cannot"
            + " parse \"x\" as \"2006\"",
      })
  void saysWhatIsWrongAsTempoDoes(String query, String message) {
    assertThatThrownBy(() -> SearchParameters.parse(new QueryParameters(query), LIMITS))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }

  @Test
  void takesUnknownParametersAsTagsWhenThereIsNothingElse() {
    SearchRequest request =
        SearchParameters.parse(new QueryParameters("service.name=shop&limit=3&empty="), LIMITS);
    assertThat(request.getTagsMap()).containsOnlyKeys("service.name");
    assertThat(request.getLimit()).isEqualTo(3);
    assertThat(
            SearchParameters.parse(new QueryParameters("service.name=shop&q={}"), LIMITS)
                .getTagsMap())
        .isEmpty();
  }

  @Test
  void refusesARangeThatIsTooLong() {
    SearchRequest request =
        SearchParameters.parse(new QueryParameters("start=1&end=700000"), LIMITS);
    assertThatThrownBy(() -> SearchParameters.validate(request, LIMITS, Duration.ofDays(7)))
        .hasMessage(
            "range specified by start and end exceeds 168h0m0s. received start=1 end=700000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12g4||trace IDs can only contain hex characters: invalid character 'g' at position 3",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa||trace IDs can't be larger than 128 bits",
        "1|mode=recent|invalid value for mode recent",
        "1|blockStart=bad|invalid value for blockstart: invalid UUID length: 3",
        "1|start=20&end=10|http parameter start must be before end. received start=20 end=10",
        "1|end=99999999999999999999|invalid end: strconv.ParseInt: parsing"
            + " \"99999999999999999999\": value out of range",
      })
  void saysWhatIsWrongWithATraceById(String id, String query, String message) {
    assertThatThrownBy(() -> TraceByIdParameters.parse(id, new QueryParameters(query)))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }

  @Test
  void asksOnlyBlocksThatOverlapTheRange() {
    TraceByIdParameters asked =
        TraceByIdParameters.parse("1", new QueryParameters("start=10&end=20"));
    String id = "11111111-1111-1111-1111-111111111111";
    assertThat(asked.takes(id, 15, 30)).isTrue();
    assertThat(asked.takes(id, 20, 30)).isFalse();
    assertThat(asked.takes(id, 1, 10)).isFalse();
  }
}
