package io.vivace.distributor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class DimensionsTest {
  @Test
  void makesLabelsOfAttributesThatHaveNone() {
    assertThat(Dimensions.of(Map.of("service.name", "", "span.http-route", "")).labels())
        .containsExactly("service_name", "span_http_route");
  }

  @Test
  void keepsLabelsLegalAndApartFromThoseOfEverySeries() {
    assertThat(Dimensions.of(Map.of("a", "1st", "b", "tenant", "c", "tracker", "d", "ü")).labels())
        .containsExactly("_", "_1st", "tenant_", "tracker_");
  }

  @Test
  void looksWhereThePrefixSaysAndEverywhereWithoutOne() {
    Dimensions dimensions = Dimensions.of(Map.of("resource.a", "x", "span.b", "x", "c", "y"));
    assertThat(dimensions.labels()).containsExactly("x", "y");
    assertThat(dimensions.sources())
        .extracting(
            Dimensions.Source::ofResource, Dimensions.Source::ofSpan, Dimensions.Source::label)
        .containsExactly(
            Tuple.tuple(true, false, 0), Tuple.tuple(false, true, 0), Tuple.tuple(true, true, 1));
  }
}
