package io.vivace.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.traceql.FieldExpression;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Query;
import io.vivace.traceql.SpansetExpression;
import io.vivace.traceql.Stage;
import io.vivace.traceql.TraceQlException;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.SpanSet;
import io.vivace.wire.tempopb.Trace;
import io.vivace.wire.tempopb.TraceSearchMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FilterTwinTest {
  private static final int QUERIES = 60;

  @Test
  void findsTheSpansThatTheNaiveTwinFinds() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    RandomFilters filters = new RandomFilters(new Random(seed));
    Map<TraceId, Trace> traces = Golden.messages("blocks/multi/input.pb.gz");
    Map<TraceId, List<NaiveFilter.Row>> spans = new HashMap<>();
    List<TraceColumns> columns = new ArrayList<>();
    for (Map.Entry<TraceId, Trace> trace : traces.entrySet()) {
      TraceColumns decoded = TraceColumns.decode(trace.getKey(), trace.getValue());
      columns.add(decoded);
      spans.put(trace.getKey(), rows(trace.getValue(), decoded));
    }
    LiveTraces live = new LiveTraces(columns);
    List<BlockSearch> blocks = new ArrayList<>();
    for (String variant : List.of("multi/v4-2.9-rgs", "multi/v5-3.0-rgs")) {
      blocks.add(new BlockSearch(GoldenBlocks.open(variant)));
    }
    int compared = 0;
    while (compared < QUERIES) {
      String query = filters.next();
      FieldExpression filter;
      try {
        filter = filterOf(query);
      } catch (TraceQlException e) {
        continue; // types that do not fit
      }
      compared++;
      Map<String, List<String>> expected = expected(spans, filter);
      SearchRequest request = SearchRequest.newBuilder().setQuery(query).build();
      assertThat(found(live.search(request))).as(query + " live").isEqualTo(expected);
      for (BlockSearch block : blocks) {
        assertThat(found(block.search(request))).as(query + " block").isEqualTo(expected);
      }
    }
  }

  private static FieldExpression filterOf(String query) {
    Stage stage = Query.parse(query).pipeline().stages().getFirst();
    if (stage instanceof Stage.Spanset(SpansetExpression.Filter filter)) {
      return filter.body();
    }
    throw new IllegalArgumentException(query);
  }

  private static Map<String, List<String>> expected(
      Map<TraceId, List<NaiveFilter.Row>> traces, FieldExpression filter) {
    Map<String, List<String>> result = new TreeMap<>();
    traces.forEach((id, rows) -> {
      List<String> matching = new ArrayList<>();
      for (NaiveFilter.Row row : rows) {
        if (matches(filter, row)) {
          matching.add(HexFormat.of().toHexDigits(TraceDecoder.spanIdOf(row.span().getSpanId())));
        }
      }
      if (!matching.isEmpty()) {
        Collections.sort(matching);
        result.put(id.toShortHex(), matching);
      }
    });
    return result;
  }

  /// One event and one link have to make the filter true; none where the span has none.
  private static boolean matches(FieldExpression filter, NaiveFilter.Row row) {
    List<Span.Event> events = new ArrayList<>(row.span().getEventsList());
    List<Span.Link> links = new ArrayList<>(row.span().getLinksList());
    for (int event = 0; event < Math.max(1, events.size()); event++) {
      for (int link = 0; link < Math.max(1, links.size()); link++) {
        NaiveFilter.Row combined =
            new NaiveFilter.Row(
                row.resource(),
                row.scope(),
                row.span(),
                events.isEmpty() ? null : events.get(event),
                links.isEmpty() ? null : links.get(link),
                row.rootName(),
                row.rootService(),
                row.traceDuration());
        if (NaiveFilter.matches(filter, combined)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<NaiveFilter.Row> rows(Trace trace, TraceColumns columns) throws IOException {
    SearchTable table = columns.table();
    String rootName = table.column(Intrinsic.ROOT_NAME).text(0);
    String rootService = table.column(Intrinsic.ROOT_SERVICE_NAME).text(0);
    long start = Long.MAX_VALUE;
    long end = 0;
    List<NaiveFilter.Row> rows = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      for (ResourceSpans resource : trace.getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          for (Span span : scope.getSpansList()) {
            start = Math.min(start, span.getStartTimeUnixNano());
            end = Math.max(end, span.getEndTimeUnixNano());
            if (pass == 1) {
              rows.add(
                  new NaiveFilter.Row(
                      resource.getResource(),
                      scope.getScope(),
                      span,
                      null,
                      null,
                      rootName,
                      rootService,
                      end - start));
            }
          }
        }
      }
    }
    return rows;
  }

  private static Map<String, List<String>> found(SearchResponse response) {
    Map<String, List<String>> result = new TreeMap<>();
    for (TraceSearchMetadata trace : response.getTracesList()) {
      List<String> spans = new ArrayList<>();
      for (SpanSet set : trace.getSpanSetsList()) {
        set.getSpansList().forEach(span -> spans.add(span.getSpanID()));
      }
      Collections.sort(spans);
      result.put(trace.getTraceID(), spans);
    }
    return result;
  }
}
