package io.vivace.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockOptions;
import io.vivace.block.BlockReader;
import io.vivace.block.BlockWriter;
import io.vivace.block.ByteArrayRangeReader;
import io.vivace.traceql.TraceQlException;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoldenSearchTest {
  private interface Source {
    Searchable of(Map<TraceId, Trace> traces) throws IOException;
  }

  @Test
  void findsInLiveTracesWhatTempoFindsInABlock() throws IOException {
    check(GoldenSearchTest::live);
  }

  @Test
  void findsTheSameInABlockOfOurs() throws IOException {
    check(GoldenSearchTest::block);
  }

  private static Searchable live(Map<TraceId, Trace> traces) {
    List<TraceColumns> columns = new ArrayList<>();
    traces.forEach((id, trace) -> columns.add(TraceColumns.decode(id, trace)));
    return new LiveTraces(columns);
  }

  private static Searchable block(Map<TraceId, Trace> traces) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    BlockMeta template = BlockMeta.empty(new UUID(0, 1), "tenant", List.of());
    try (BlockWriter writer =
        new BlockWriter(template, BlockOptions.DEFAULT, traces.size(), data)) {
      for (Map.Entry<TraceId, Trace> trace : new TreeMap<>(traces).entrySet()) {
        writer.add(trace.getKey(), trace.getValue());
      }
      return new BlockSearch(
          BlockReader.open(
              writer.finish().meta(),
              new ByteArrayRangeReader(data.toByteArray()),
              shard -> new byte[0]));
    }
  }

  private static void check(Source source) throws IOException {
    Map<String, Searchable> datasets = new HashMap<>();
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
        String name = line.path("dataset").asString();
        Searchable dataset = datasets.get(name);
        if (dataset == null) {
          dataset = source.of(Golden.messages("traceql/datasets/" + name + ".pb"));
          datasets.put(name, dataset);
        }
        SearchResponse response = dataset.search(request);
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

  static SearchRequest request(JsonNode line) {
    return SearchRequest.newBuilder()
        .setQuery(line.path("query").asString())
        .setStart(line.path("start").asInt(0))
        .setEnd(line.path("end").asInt(0))
        .build();
  }
}
