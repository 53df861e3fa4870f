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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final long[] parentIds;
  private final boolean[] roots;
  private final long[] kinds;
  private final long[] statusCodes;
  private final String[] names;
  private final String[] statusMessages;
  private final String[] scopeNames;
  private final String[] scopeVersions;
  private final String rootName;
  private final String rootService;
  private final String[] eventNames;
  private final long[] eventOffsets;
  private final TraceId[] linkTraceIds;
  private final long[] linkSpanIds;
  private final Map<AttributeReference, Vector> columns = new ConcurrentHashMap<>();

  private TraceColumns(TraceId id, Trace trace) {
    TraceDecoder decoder = new TraceDecoder(id, trace);
    this.id = id;
    this.bytes = trace.getSerializedSize();
    decoder.attributes.forEach((level, list) -> attributes.put(level, list.build()));
    decoder.offsets.forEach(
        (level, list) -> offsets.put(level, list.stream().mapToInt(i -> i).toArray()));
    Map<String, ServiceStats> stats = new HashMap<>();
    decoder.serviceStats.forEach((service, counts) -> stats.put(service, counts.build()));
    serviceStats = Map.copyOf(stats);
    start = new long[] {decoder.start};
    end = new long[] {decoder.end};
    rootName = decoder.rootName;
    rootService = decoder.rootService;
    scopeNames = decoder.scopeNames.toArray(String[]::new);
    scopeVersions = decoder.scopeVersions.toArray(String[]::new);
    List<Span> spans = decoder.spans;
    spanIds = longs(spans, span -> TraceDecoder.spanIdOf(span.getSpanId()));
    spanStarts = longs(spans, Span::getStartTimeUnixNano);
    spanDurations = longs(spans, span -> span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    parentIds = longs(spans, span -> TraceDecoder.spanIdOf(span.getParentSpanId()));
    kinds = longs(spans, Span::getKindValue);
    statusCodes = longs(spans, span -> span.getStatus().getCodeValue());
    names = texts(spans, span -> decoder.intern(span.getName()));
    statusMessages = texts(spans, span -> decoder.intern(span.getStatus().getMessage()));
    roots = new boolean[spans.size()];
    for (int span = 0; span < roots.length; span++) {
      roots[span] = spans.get(span).getParentSpanId().isEmpty();
    }
    eventNames = texts(decoder.events, event -> decoder.intern(event.getName()));
    eventOffsets = longs(decoder.eventOffsets, Long::longValue);
    linkTraceIds =
        decoder.links.stream()
            .map(link -> TraceDecoder.idOf(link.getTraceId()))
            .toArray(TraceId[]::new);
    linkSpanIds = longs(decoder.links, link -> TraceDecoder.spanIdOf(link.getSpanId()));
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

  private static <T> String[] texts(List<T> entries, Function<T, String> text) {
    return entries.stream().map(text).toArray(String[]::new);
  }

  private Vector column(AttributeReference reference) {
    return columns.computeIfAbsent(
        reference,
        key ->
            switch (key) {
              case Intrinsic intrinsic -> build(intrinsic);
              case AttributeReference.Named named -> build(named);
            });
  }

  private Vector build(Intrinsic intrinsic) {
    HexFormat hex = HexFormat.of();
    int rows = rows(Level.of(intrinsic));
    return switch (intrinsic) {
      case ROOT_NAME -> texts(rows, row -> rootName);
      case ROOT_SERVICE_NAME -> texts(rows, row -> rootService);
      case TRACE_ID -> texts(rows, row -> id.toShortHex());
      case TRACE_DURATION -> Vector.of(ValueType.DURATION, new long[] {end[0] - start[0]});
      case INSTRUMENTATION_NAME -> texts(rows, row -> scopeNames[row]);
      case INSTRUMENTATION_VERSION -> texts(rows, row -> scopeVersions[row]);
      case NAME -> texts(rows, row -> names[row]);
      case DURATION -> Vector.of(ValueType.DURATION, spanDurations);
      case STATUS -> Vector.of(ValueType.STATUS, statusCodes);
      case STATUS_MESSAGE -> texts(rows, row -> statusMessages[row]);
      case KIND -> Vector.of(ValueType.KIND, kinds);
      case SPAN_ID -> texts(rows, row -> hex.toHexDigits(spanIds[row]));
      case SPAN_PARENT_ID -> texts(rows, row -> hex.toHexDigits(parentIds[row]));
      case NESTED_SET_LEFT -> Vector.of(ValueType.INT, nestedSets().left());
      case NESTED_SET_RIGHT -> Vector.of(ValueType.INT, nestedSets().right());
      case NESTED_SET_PARENT -> Vector.of(ValueType.INT, nestedSets().parent());
      case EVENT_NAME -> texts(rows, row -> eventNames[row]);
      case EVENT_TIME_SINCE_START -> Vector.of(ValueType.DURATION, eventOffsets);
      case LINK_TRACE_ID -> texts(rows, row -> linkTraceIds[row].toShortHex());
      case LINK_SPAN_ID -> texts(rows, row -> hex.toHexDigits(linkSpanIds[row]));
      case CHILD_COUNT, PARENT -> Vector.empty(rows);
    };
  }

  private NestedSets nestedSets() {
    return NestedSets.of(spanIds, parentIds, roots, kinds);
  }

  private Vector build(AttributeReference.Named named) {
    Vector column = list(Level.of(named)).column(named.name(), 0);
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
    public Vector furtherValues(AttributeReference.Named named, int occurrence) {
      return list(Level.of(named)).column(named.name(), occurrence);
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
