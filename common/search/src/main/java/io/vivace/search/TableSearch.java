package io.vivace.search;

import io.vivace.traceql.Level;
import io.vivace.traceql.PipelineEvaluator;
import io.vivace.traceql.Query;
import io.vivace.traceql.Spanset;
import io.vivace.wire.tempopb.SearchMetrics;
import io.vivace.wire.tempopb.SearchResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Runs a search over one table. What answers show is read for the newest `limit` matches only.
final class TableSearch {
  private record Match(int trace, List<Spanset> spansets) {}

  private final SearchTable table;
  private final SearchPlan plan;

  TableSearch(SearchTable table, SearchPlan plan) {
    this.table = table;
    this.plan = plan;
  }

  /// The traces of the table that match.
  SearchResponse run() throws IOException {
    SearchResponse.Builder response = SearchResponse.newBuilder();
    Query query = plan.query();
    List<Match> matches = new ArrayList<>();
    if (query == null) {
      TagSearch tags = new TagSearch(table, plan);
      BitSet traces = covered(tags.traces());
      traces.stream().forEach(trace -> matches.add(new Match(trace, List.of())));
      append(matches, new AnswerBuilder(table, plan, null), response);
    } else {
      PipelineEvaluator evaluator = new PipelineEvaluator(table, query.pipeline());
      BitSet traces = covered(evaluator.candidates());
      for (int trace = traces.nextSetBit(0); trace >= 0; trace = traces.nextSetBit(trace + 1)) {
        List<Spanset> spansets = evaluator.evaluate(trace);
        if (!spansets.isEmpty()) {
          matches.add(new Match(trace, spansets));
        }
      }
      append(matches, new AnswerBuilder(table, plan, evaluator), response);
    }
    return response
        .setMetrics(
            SearchMetrics.newBuilder()
                .setInspectedTraces(table.rows(Level.TRACE))
                .setInspectedBytes(table.inspectedBytes()))
        .build();
  }

  private void append(List<Match> matches, AnswerBuilder answers, SearchResponse.Builder response)
      throws IOException {
    if (matches.isEmpty()) {
      return;
    }
    if (plan.limit() > 0 && matches.size() > plan.limit()) {
      long[] starts = table.traceStarts();
      Comparator<Match> newestFirst =
          (a, b) -> Long.compareUnsigned(starts[b.trace()], starts[a.trace()]);
      matches.sort(newestFirst);
      matches.subList(plan.limit(), matches.size()).clear();
    }
    for (Match match : matches) {
      response.addTraces(answers.trace(match.trace(), match.spansets()));
    }
  }

  private BitSet covered(BitSet traces) throws IOException {
    if (traces.isEmpty() || plan.hasNoRange()) {
      return traces;
    }
    long[] starts = table.traceStarts();
    long[] ends = table.traceEnds();
    BitSet covered = new BitSet();
    traces.stream().filter(trace -> plan.covers(starts[trace], ends[trace])).forEach(covered::set);
    return covered;
  }
}
