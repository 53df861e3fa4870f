package io.vivace.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.traceql.TraceQlException;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoldenSearchTest {
  private final Map<String, LiveTraces> datasets = new HashMap<>();

  @Test
  void findsInLiveTracesWhatTempoFindsInABlock() throws IOException {
    List<String> failures = new ArrayList<>();
    int sameAttributes = 0;
    int full = 0;
    for (JsonNode line : Golden.lines("traceql/eval-search.jsonl")) {
      String id = line.path("id").asString();
      if (id.equals("E126")) {
        continue; // sampling
      }
      JsonNode expect = line.path("expect");
      SearchRequest request = request(line);
      try {
        SearchResponse response = dataset(line.path("dataset").asString()).search(request);
        if (expect.has("error")) {
          failures.add(id + " " + request.getQuery() + ": expected " + expect);
          continue;
        }
        compare(failures, id + " " + request.getQuery(), line, expect, response);
        if (line.path("detail").asString().equals("full")) {
          full++;
          if (Answers.spanAttributes(expect).equals(Answers.spanAttributes(response))) {
            sameAttributes++;
          }
        }
      } catch (TraceQlException e) {
        if (!expect.path("error").asString("").equals(e.getMessage())) {
          failures.add(id + " " + request.getQuery() + ": " + e.getMessage());
        }
      }
    }
    System.out.println("same span attributes: " + sameAttributes + " of " + full);
    assertThat(failures).isEmpty();
    // the others are side effects of the order in which Tempo reads columns
    assertThat(sameAttributes).isGreaterThanOrEqualTo(full * 9 / 10);
  }

  static void compare(
      List<String> failures, String id, JsonNode line, JsonNode expect, SearchResponse response) {
    if (line.path("detail").asString().equals("digest")) {
      String expected = Answers.digest(expect.path("digest"));
      String actual = Answers.digest(response);
      if (!expected.equals(actual)) {
        failures.add(id + "\n  expected " + expected + "\n  actual   " + actual);
      }
      return;
    }
    boolean full = line.path("detail").asString().equals("full");
    Map<String, String> expected = Answers.of(expect, full, true);
    Map<String, String> actual = Answers.of(response, full, true);
    if (!expected.equals(actual)) {
      failures.add(id + "\n  expected " + expected + "\n  actual   " + actual);
    }
  }

  private LiveTraces dataset(String name) throws IOException {
    LiveTraces known = datasets.get(name);
    if (known == null) {
      known = new LiveTraces(Golden.traces("traceql/datasets/" + name + ".pb"));
      datasets.put(name, known);
    }
    return known;
  }

  static SearchRequest request(JsonNode line) {
    return SearchRequest.newBuilder()
        .setQuery(line.path("query").asString())
        .setStart(line.path("start").asInt(0))
        .setEnd(line.path("end").asInt(0))
        .build();
  }
}
