package io.vivace.search;

import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Level;
import io.vivace.traceql.Scope;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.ServiceStats;
import io.vivace.wire.tempopb.Trace;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/// A live trace decoded into columns with interned texts; worth keeping until the trace gets
/// another span. Columns are built when a query first asks for them. Safe for several threads.
public final class TraceColumns {
  private final TraceId id;
  private final int bytes;
  private final Map<Level, AttributeList> attributes = new EnumMap<>(Level.class);
  private final Map<Level, int[]> offsets = new EnumMap<>(Level.class);
  private final Map<String, ServiceStats> serviceStats;
  private final long[] start;
  private final long[] end;
  private final long[] spanIds;
  private final long[] spanStarts;
  private final long[] spanDurations;
  private final Map<Intrinsic, Vector> intrinsics = new EnumMap<>(Intrinsic.class);
  private final Map<AttributeReference, Vector> columns = new ConcurrentHashMap<>();

  private TraceColumns(TraceId id, Trace trace) {
    TraceDecoder decoder = new TraceDecoder(id, trace);
    this.id = id;
    this.bytes = trace.getSerializedSize();
    decoder.attributes.forEach((level, list) -> attributes.put(level, list.build()));
    decoder.offsets.forEach(
        (level, list) -> offsets.put(level, list.stream().mapToInt(i -> i).toArray()));
    serviceStats = Map.copyOf(decoder.serviceStats);
    start = new long[] {decoder.start};
    end = new long[] {decoder.end};
    spanIds = longs(decoder.spans, span -> TraceDecoder.spanIdOf(span.getSpanId()));
    spanStarts = longs(decoder.spans, Span::getStartTimeUnixNano);
    spanDurations =
        longs(decoder.spans, span -> span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    addIntrinsics(decoder);
  }

  /// Decodes a trace.
  public static TraceColumns decode(TraceId id, Trace trace) {
    return new TraceColumns(id, trace);
  }

  /// The trace's id.
  public TraceId id() {
    return id;
  }

  /// Earliest start of a span, unix nanoseconds.
  long start() {
    return start[0];
  }

  private static <T> long[] longs(List<T> entries, ToLongFunction<T> number) {
    return entries.stream().mapToLong(number).toArray();
  }

  private static Vector texts(int rows, IntFunction<String> text) {
    AttributeList.VectorBuilder builder = new AttributeList.VectorBuilder(rows);
    for (int row = 0; row < rows; row++) {
      builder.setText(row, text.apply(row));
    }
    return builder.build();
  }

  private void addIntrinsics(TraceDecoder decoder) {
    intrinsics.put(Intrinsic.ROOT_NAME, texts(1, row -> decoder.rootName));
    intrinsics.put(Intrinsic.ROOT_SERVICE_NAME, texts(1, row -> decoder.rootService));
    intrinsics.put(Intrinsic.TRACE_ID, texts(1, row -> id.toShortHex()));
    intrinsics.put(
        Intrinsic.TRACE_DURATION,
        Vector.of(ValueType.DURATION, new long[] {decoder.end - decoder.start}));
    addScopes(decoder);
    addSpans(decoder.spans);
    addEventsAndLinks(decoder);
  }

  private void addScopes(TraceDecoder decoder) {
    intrinsics.put(
        Intrinsic.INSTRUMENTATION_NAME, texts(decoder.scopeNames.size(), decoder.scopeNames::get));
    intrinsics.put(
        Intrinsic.INSTRUMENTATION_VERSION,
        texts(decoder.scopeVersions.size(), decoder.scopeVersions::get));
  }

  private void addSpans(List<Span> spans) {
    int rows = spans.size();
    HexFormat hex = HexFormat.of();
    long[] parents = longs(spans, span -> TraceDecoder.spanIdOf(span.getParentSpanId()));
    long[] kinds = longs(spans, Span::getKindValue);
    boolean[] roots = new boolean[rows];
    for (int span = 0; span < rows; span++) {
      roots[span] = spans.get(span).getParentSpanId().isEmpty();
    }
    NestedSets sets = NestedSets.of(spanIds, parents, roots, kinds);
    intrinsics.put(Intrinsic.NAME, texts(rows, row -> spans.get(row).getName()));
    intrinsics.put(Intrinsic.DURATION, Vector.of(ValueType.DURATION, spanDurations));
    intrinsics.put(
        Intrinsic.STATUS,
        Vector.of(ValueType.STATUS, longs(spans, span -> span.getStatus().getCodeValue())));
    intrinsics.put(
        Intrinsic.STATUS_MESSAGE, texts(rows, row -> spans.get(row).getStatus().getMessage()));
    intrinsics.put(Intrinsic.KIND, Vector.of(ValueType.KIND, kinds));
    intrinsics.put(Intrinsic.SPAN_ID, texts(rows, row -> hex.toHexDigits(spanIds[row])));
    intrinsics.put(Intrinsic.SPAN_PARENT_ID, texts(rows, row -> hex.toHexDigits(parents[row])));
    intrinsics.put(Intrinsic.NESTED_SET_LEFT, Vector.of(ValueType.INT, sets.left()));
    intrinsics.put(Intrinsic.NESTED_SET_RIGHT, Vector.of(ValueType.INT, sets.right()));
    intrinsics.put(Intrinsic.NESTED_SET_PARENT, Vector.of(ValueType.INT, sets.parent()));
  }

  private void addEventsAndLinks(TraceDecoder decoder) {
    List<Span.Event> events = decoder.events;
    List<Span.Link> links = decoder.links;
    HexFormat hex = HexFormat.of();
    intrinsics.put(Intrinsic.EVENT_NAME, texts(events.size(), row -> events.get(row).getName()));
    intrinsics.put(
        Intrinsic.EVENT_TIME_SINCE_START,
        Vector.of(ValueType.DURATION, longs(decoder.eventOffsets, Long::longValue)));
    intrinsics.put(
        Intrinsic.LINK_TRACE_ID,
        texts(links.size(), row -> TraceDecoder.idOf(links.get(row).getTraceId()).toShortHex()));
    intrinsics.put(
        Intrinsic.LINK_SPAN_ID,
        texts(
            links.size(),
            row -> hex.toHexDigits(TraceDecoder.spanIdOf(links.get(row).getSpanId()))));
  }

  private Vector column(AttributeReference reference) {
    return switch (reference) {
      case Intrinsic intrinsic -> {
        Vector column = intrinsics.get(intrinsic);
        yield column == null ? Vector.empty(rows(Level.of(intrinsic))) : column;
      }
      case AttributeReference.Named named -> columns.computeIfAbsent(named, key -> build(named));
    };
  }

  private Vector build(AttributeReference.Named named) {
    Vector column = list(Level.of(named)).column(named.name());
    if (named.scope() == Scope.RESOURCE && named.name().equals(TraceDecoder.SERVICE_NAME)) {
      return withEmptyTexts(column);
    }
    return column;
  }

  /// Every resource has a service name, an empty one when it names none (traceql.md §7.1).
  static Vector withEmptyTexts(Vector column) {
    AttributeList.VectorBuilder builder = new AttributeList.VectorBuilder(column.rows());
    for (int row = 0; row < column.rows(); row++) {
      builder.set(row, column.isNil(row) ? Value.ofString("") : column.value(row));
    }
    return builder.build();
  }

  private AttributeList list(Level level) {
    return attributes.getOrDefault(level, new AttributeList.Builder().build());
  }

  private int rows(Level level) {
    return level == Level.TRACE ? 1 : list(level).rows();
  }

  /// The columns as a table of one trace.
  SearchTable table() {
    return new Table();
  }

  private final class Table implements SearchTable {
    @Override
    public int rows(Level level) {
      return TraceColumns.this.rows(level);
    }

    @Override
    public int[] offsets(Level level) {
      int[] starts = offsets.get(level);
      if (starts == null || level == Level.SPAN) {
        throw new IllegalArgumentException("level: " + level + " (expected: one with offsets)");
      }
      return starts;
    }

    @Override
    public Vector column(AttributeReference reference) {
      return TraceColumns.this.column(reference);
    }

    @Override
    public TraceId traceId(int trace) {
      return id;
    }

    @Override
    public long[] traceStarts() {
      return start;
    }

    @Override
    public long[] traceEnds() {
      return end;
    }

    @Override
    public boolean mayCover(long rangeStart, long rangeEnd) {
      return Long.compareUnsigned(start[0], rangeEnd) <= 0
          && Long.compareUnsigned(end[0], rangeStart) >= 0;
    }

    @Override
    public Map<String, ServiceStats> serviceStats(int trace) {
      return serviceStats;
    }

    @Override
    public long[] spanIds() {
      return spanIds;
    }

    @Override
    public long[] spanStarts() {
      return spanStarts;
    }

    @Override
    public long[] spanDurations() {
      return spanDurations;
    }

    @Override
    public void attributeNames(Level level, BitSet entries, Consumer<String> names) {
      list(level).names(entries, names);
    }

    @Override
    public long inspectedBytes() {
      return bytes;
    }
  }
}
