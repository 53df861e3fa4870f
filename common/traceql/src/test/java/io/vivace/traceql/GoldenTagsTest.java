package io.vivace.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoldenTagsTest {
  @Test
  void readsIdentifiersAsTempo() throws IOException {
    List<String> failures = new ArrayList<>();
    for (JsonNode line : Golden.lines("traceql/identifiers.jsonl")) {
      String text = line.path("text").asString();
      JsonNode expect = line.path("tempo29");
      String actual;
      try {
        AttributeReference reference = TagIdentifiers.require(text);
        actual =
            switch (reference) {
              case Intrinsic intrinsic -> intrinsic.text() + " true none " + intrinsic.text();
              case AttributeReference.Named named ->
                  // a dot alone prints as nothing in Tempo
                  (named.text().equals(".") ? "" : named.text())
                      + " false "
                      + (named.scope() == Scope.NONE ? "none" : named.scope().text())
                      + " "
                      + named.name();
            };
      } catch (IllegalArgumentException e) {
        actual = e.getMessage() + "";
      }
      String expected =
          expect.has("err")
              ? expect.path("err").asString()
              : expect.path("attr").asString()
                  + " "
                  + expect.path("intrinsic").asBoolean()
                  + " "
                  + expect.path("scope").asString()
                  + " "
                  + expect.path("name").asString();
      if (!expected.equals(actual)) {
        failures.add(text + ": expected " + expected + ", got " + actual);
      }
    }
    assertThat(failures).isEmpty();
  }

  /// Where 2.9's regular expression cuts numbers, stops at blanks in texts, drops `||`, negation, a
  /// sign or a literal on the left, ours is what 3.0 understands or more.
  private static final Set<String> BETTER =
      Set.of(
          "QA10", "QA15", "QA16", "QA17", "QA26", "QA27", "QA31", "QA32", "QA33", "QA34", "QA35",
          "QA39");

  @Test
  void takesTheCompleteConditionsOfAQueryBeingTyped() throws IOException {
    List<String> failures = new ArrayList<>();
    for (JsonNode line : Golden.lines("traceql/tag-queries.jsonl")) {
      String id = line.path("id").asString();
      String query = line.path("query").asString();
      Optional<FieldExpression> filter = TagFilter.parse(query);
      if (BETTER.contains(id)) {
        continue;
      }
      String extracted = line.path("tempo29").path("extracted").asString();
      String expected = extracted.equals("{}") ? "{ true }" : Query.parse(extracted).toString();
      String actual =
          Printer.print(
              new SpansetExpression.Filter(filter.orElse(new FieldExpression.Literal(Value.TRUE))));
      if (!expected.equals(actual)) {
        failures.add(id + " " + query + ": expected " + expected + ", got " + actual);
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void understandsMoreThanTempo29() {
    assertThat(filter("{ duration > 1.5s && status = error }"))
        .isEqualTo("(duration > 1.5s) && (status = error)");
    assertThat(filter("{ name = \"GET /\" }")).isEqualTo("name = `GET /`");
    assertThat(filter("{ .a = \"x\" || .b = \"y\" }")).isEqualTo("(.a = `x`) || (.b = `y`)");
    assertThat(filter("{ .a = -5 && .b }")).isEqualTo(".a = -5");
    assertThat(filter("{ .a = \"&& }\" && span.x = ")).isEqualTo(".a = `&& }`");
    assertThat(TagFilter.parse("{ .a = nil }")).isEmpty();
    assertThat(TagFilter.parse("{ a = \"x\" }")).isEmpty();
  }

  private static String filter(String query) {
    return Printer.print(TagFilter.parse(query).orElseThrow());
  }
}
