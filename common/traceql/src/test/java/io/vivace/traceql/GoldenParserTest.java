package io.vivace.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoldenParserTest {
  @Test
  void printsWhatTempoAcceptsInCanonicalForm() throws IOException {
    List<String> failures = new ArrayList<>();
    for (JsonNode line : Golden.lines("traceql/parse-valid.jsonl")) {
      if (!accepts29(line)) {
        continue;
      }
      String query = line.path("query").asString();
      String canonical =
          line.path(line.has("canonicalCorrect") ? "canonicalCorrect" : "canonical").asString();
      try {
        Query parsed = Query.parse(query);
        compare(failures, line, "canonical", canonical, parsed.toString());
        compare(failures, line, "metrics", flag(line, "metrics"), parsed.isMetrics() + "");
        if (!line.has("canonicalCorrect")) {
          compare(failures, line, "noop", flag(line, "noop"), parsed.isNoop() + "");
        }
      } catch (TraceQlException e) {
        failures.add(line.path("id").asString() + " " + query + ": " + e.getMessage());
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void rejectsWhatTempoRejectsWithItsMessage() throws IOException {
    List<String> failures = new ArrayList<>();
    int sameText = 0;
    int all = 0;
    for (JsonNode line : Golden.lines("traceql/parse-invalid.jsonl")) {
      sameText += reject(failures, line, line.path("tempo29"));
      all++;
    }
    for (JsonNode line : Golden.lines("traceql/parse-valid.jsonl")) {
      if (!accepts29(line)) {
        sameText += reject(failures, line, line.path("tempo29"));
        all++;
      }
    }
    assertThat(failures).isEmpty();
    // the lists of expected tokens come from grammar tables: most, not all
    assertThat(sameText).isGreaterThan(all * 9 / 10);
  }

  private static boolean accepts29(JsonNode line) {
    return line.path("accepted").toString().contains("2.9");
  }

  private static String flag(JsonNode line, String name) {
    return Boolean.toString(line.path(name).asBoolean(false));
  }

  private static void compare(
      List<String> failures, JsonNode line, String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      failures.add(
          line.path("id").asString()
              + " "
              + what
              + "\n  expected "
              + expected
              + "\n  actual   "
              + actual);
    }
  }

  /// Whether the whole text is Tempo's, as a number.
  private static int reject(List<String> failures, JsonNode line, JsonNode tempo) {
    String query = line.path("query").asString();
    String stage = tempo.path("stage").asString();
    String message = tempo.path("message").asString("");
    String id = line.path("id").asString() + " ";
    try {
      Query parsed = Query.parse(query);
      if (!stage.equals("ok")) {
        failures.add(id + query + ": accepted as " + parsed + ", expected " + message);
      } else {
        compare(failures, line, "canonical", tempo.path("canonical").asString(), parsed + "");
      }
      return 1;
    } catch (TraceQlException e) {
      String actual =
          switch (e) {
            case TraceQlException.Syntax syntax -> "parse";
            case TraceQlException.Invalid invalid -> "validate";
            case TraceQlException.Unsupported unsupported -> "unsupported";
            case TraceQlException.Evaluation evaluation -> "evaluation";
          };
      compare(failures, line, query + " stage", stage.equals("lex") ? "parse" : stage, actual);
      if (!shortened(e.getMessage() + "").endsWith(shortened(message))) {
        failures.add(id + query + "\n  expected " + message + "\n  actual   " + e.getMessage());
      }
      if (e instanceof TraceQlException.Syntax syntax && tempo.has("line")) {
        compare(
            failures,
            line,
            query + " position",
            tempo.path("line").asInt() + ":" + tempo.path("col").asInt(),
            syntax.line() + ":" + syntax.column());
      }
      return message.isEmpty() || (e.getMessage() + "").endsWith(message) ? 1 : 0;
    }
  }

  private static String shortened(String message) {
    int list = message.indexOf(", expecting");
    return list < 0 ? message : message.substring(0, list);
  }
}
