package io.vivace.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoldenCombineTest {
  @Test
  void joinsAnswersOfParts() throws IOException {
    List<String> failures = new ArrayList<>();
    for (JsonNode line : Golden.lines("traceql/combine.jsonl")) {
      String id = line.path("id").asString() + " " + line.path("query").asString();
      int spss = line.path("spss").asInt(0);
      SearchRequest request =
          SearchRequest.newBuilder()
              .setQuery(line.path("query").asString())
              .setSpansPerSpanSet(spss)
              .build();
      SearchResponseCombiner combiner =
          new SearchResponseCombiner(
              line.path("limit").asInt(0), line.path("mostRecent").asBoolean(false));
      for (JsonNode part : line.path("datasets")) {
        LiveTraces traces =
            new LiveTraces(Golden.traces("traceql/datasets/" + part.asString() + ".pb"));
        combiner.add(traces.search(request));
      }
      SearchResponse response = combiner.response();
      JsonNode expect = line.path("expect");
      List<String> order = new ArrayList<>();
      expect.path("order").forEach(each -> order.add(TraceId.ofHex(each.asString()) + ""));
      List<String> found =
          response.getTracesList().stream().map(t -> TraceId.ofHex(t.getTraceID()) + "").toList();
      if (!order.equals(found)) {
        failures.add(id + "\n  expected " + order + "\n  actual   " + found);
      } else if (spss > 100) {
        GoldenSearchTest.compare(failures, id, line, expect, response);
      }
    }
    assertThat(failures).isEmpty();
  }
}
