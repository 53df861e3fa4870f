package io.vivace.search;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Level;
import io.vivace.traceql.Mention;
import io.vivace.traceql.PipelineEvaluator;
import io.vivace.traceql.Scope;
import io.vivace.traceql.Spanset;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import io.vivace.wire.tempopb.Span;
import io.vivace.wire.tempopb.SpanSet;
import io.vivace.wire.tempopb.TraceSearchMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes the entries of search answers out of rows (api.md §7.4).
final class AnswerBuilder {
  private static final long MILLISECOND = 1_000_000L;

  /// Never listed among the attributes of a span.
  private static final Set<Intrinsic> NOT_LISTED =
      EnumSet.of(
          Intrinsic.NAME,
          Intrinsic.DURATION,
          Intrinsic.TRACE_DURATION,
          Intrinsic.ROOT_NAME,
          Intrinsic.ROOT_SERVICE_NAME,
          Intrinsic.TRACE_ID,
          Intrinsic.SPAN_ID);

  private final SearchTable table;
  private final SearchPlan plan;
  private final @Nullable PipelineEvaluator evaluator;

  AnswerBuilder(SearchTable table, SearchPlan plan, @Nullable PipelineEvaluator evaluator) {
    this.table = table;
    this.plan = plan;
    this.evaluator = evaluator;
  }

  TraceSearchMetadata trace(int trace, List<Spanset> spansets) throws IOException {
    long start = table.traceStarts()[trace];
    long duration = table.traceEnds()[trace] - start;
    TraceSearchMetadata.Builder metadata =
        TraceSearchMetadata.newBuilder()
            .setTraceID(table.traceId(trace).toShortHex())
            .setRootServiceName(rootService(trace))
            .setRootTraceName(table.column(Intrinsic.ROOT_NAME).text(trace))
            .setStartTimeUnixNano(start)
            .setDurationMs((int) Long.divideUnsigned(duration, MILLISECOND));
    if (evaluator != null) {
      metadata.putAllServiceStats(table.serviceStats(trace));
      for (Spanset spanset : spansets) {
        metadata.addSpanSets(spanSet(spanset, evaluator));
      }
      metadata.setSpanSet(metadata.getSpanSets(0));
    }
    return metadata.build();
  }

  /// Tempo loses the root service of answers to queries that group by it, and so do we.
  private String rootService(int trace) throws IOException {
    return plan.groupsByRootService() ? "" : table.column(Intrinsic.ROOT_SERVICE_NAME).text(trace);
  }

  private SpanSet spanSet(Spanset spanset, PipelineEvaluator values) throws IOException {
    SpanSet.Builder set = SpanSet.newBuilder().setMatched(spanset.spans().length);
    for (Spanset.Attribute attribute : spanset.attributes()) {
      set.addAttributes(keyValue(attribute.name(), attribute.value()));
    }
    for (int span : firstSpans(spanset.spans())) {
      set.addSpans(span(span, values));
    }
    return set.build();
  }

  /// The spans that are shown: by start, then by id.
  private List<Integer> firstSpans(int[] spans) throws IOException {
    long[] starts = table.spanStarts();
    long[] ids = table.spanIds();
    Comparator<Integer> order =
        (a, b) -> {
          int byStart = Long.compareUnsigned(starts[a], starts[b]);
          return byStart != 0 ? byStart : Long.compareUnsigned(ids[a], ids[b]);
        };
    int limit = plan.spansPerSpanSet();
    if (limit == 0 || spans.length <= limit) {
      return IntStream.of(spans).boxed().sorted(order).toList();
    }
    PriorityQueue<Integer> first = new PriorityQueue<>(limit + 1, order.reversed());
    for (int span : spans) {
      first.add(span);
      if (first.size() > limit) {
        first.remove();
      }
    }
    return first.stream().sorted(order).toList();
  }

  private Span span(int row, PipelineEvaluator values) throws IOException {
    Span.Builder span =
        Span.newBuilder()
            .setSpanID(HexFormat.of().toHexDigits(table.spanIds()[row]))
            .setStartTimeUnixNano(table.spanStarts()[row])
            .setDurationNanos(table.spanDurations()[row]);
    List<KeyValue> attributes = new ArrayList<>();
    for (Mention mention : plan.mentions()) {
      if (mention.reference() == Intrinsic.NAME) {
        span.setName(mention.shown(values.valuesOfSpans(Intrinsic.NAME).value(row)).text());
      }
      add(mention, row, values, attributes);
    }
    return span.addAllAttributes(attributes).build();
  }

  private void add(Mention mention, int row, PipelineEvaluator values, List<KeyValue> attributes)
      throws IOException {
    switch (mention.reference()) {
      case Intrinsic intrinsic -> {
        if (!NOT_LISTED.contains(intrinsic)) {
          add(mention, intrinsic, intrinsic.text(), row, values, attributes);
        }
      }
      case AttributeReference.Named named when named.scope() == Scope.NONE -> {
        for (Scope scope : List.of(Scope.SPAN, Scope.RESOURCE)) {
          AttributeReference scoped = AttributeReference.named(scope, named.name());
          add(mention, scoped, named.name(), row, values, attributes);
        }
      }
      case AttributeReference.Named named ->
          add(mention, named, named.name(), row, values, attributes);
    }
  }

  private void add(
      Mention mention,
      AttributeReference reference,
      String key,
      int row,
      PipelineEvaluator values,
      List<KeyValue> attributes)
      throws IOException {
    Level level = Level.of(reference);
    if (level != Level.EVENT && level != Level.LINK) {
      add(mention, key, values.valuesOfSpans(reference).value(row), attributes);
      return;
    }
    Vector column = values.values(reference);
    int[] starts = table.offsets(level);
    if (starts[row] == starts[row + 1] && mention.isAlwaysShown()) {
      addEmpty(reference, key, attributes);
    }
    Set<Value> distinct = new LinkedHashSet<>();
    for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
      distinct.add(column.value(entry));
    }
    for (Value value : distinct) {
      add(mention, key, value, attributes);
    }
  }

  /// Of a span without events or links Tempo shows an empty event name and empty ids.
  private static void addEmpty(
      AttributeReference reference, String key, List<KeyValue> attributes) {
    if (reference == Intrinsic.EVENT_NAME || reference == Intrinsic.LINK_TRACE_ID) {
      attributes.add(keyValue(key, Value.ofString("")));
    } else if (reference == Intrinsic.LINK_SPAN_ID) {
      attributes.add(keyValue(key, Value.ofString(HexFormat.of().toHexDigits(0L))));
    }
  }

  private static void add(Mention mention, String key, Value value, List<KeyValue> attributes) {
    Value shown = mention.shown(value);
    if (shown.type() != ValueType.NIL) {
      attributes.add(keyValue(key, shown));
    }
  }

  private static KeyValue keyValue(String key, Value value) {
    return KeyValue.newBuilder().setKey(key).setValue(AttributeValues.toProtobuf(value)).build();
  }
}
