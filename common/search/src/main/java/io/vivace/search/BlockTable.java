package io.vivace.search;

import io.vivace.block.BinaryVector;
import io.vivace.block.BlockFormatException;
import io.vivace.block.BlockMeta;
import io.vivace.block.LongRange;
import io.vivace.block.RowGroup;
import io.vivace.block.row.BlockFormat;
import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Level;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.ServiceStats;
import java.io.IOException;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// A row group as a span table. A well-known or dedicated column holds the texts of an attribute;
/// values of other types are among the generic attributes, so both places are looked at. Of one
/// request; not safe for several threads.
final class BlockTable implements SearchTable {
  private static final String START = "StartTimeUnixNano";
  private static final String END = "EndTimeUnixNano";

  private final BlockColumns columns;
  private final BlockPaths paths;
  private final BlockStructure structure;
  private final KnownColumns known;
  private final BlockServices services;
  private final Map<Level, BlockAttributes> attributes = new EnumMap<>(Level.class);
  private final Map<AttributeReference, Vector> vectors = new HashMap<>();
  private final String block;
  private long[] ids = new long[0];

  BlockTable(RowGroup group, BlockMeta meta, BlockFormat format) {
    block = meta.tenantId() + "/" + meta.blockId();
    columns = new BlockColumns(group, block);
    paths = new BlockPaths(format);
    structure = new BlockStructure(columns, paths);
    known = new KnownColumns(meta.dedicatedColumns(), paths);
    services = new BlockServices(columns, format);
    for (Level level : Level.values()) {
      boolean opaque =
          format == BlockFormat.VPARQUET3 && (level == Level.EVENT || level == Level.LINK);
      if (level != Level.TRACE && !opaque) {
        attributes.put(level, new BlockAttributes(columns, paths, level));
      }
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  /// Columns that contradict each other show as positions out of bounds.
  private <T> T guarded(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new BlockFormatException(block, "levels: contradict each other", e);
    }
  }

  @Override
  public int rows(Level level) throws IOException {
    return guarded(() -> structure.rows(level));
  }

  @Override
  public int[] offsets(Level level) throws IOException {
    return guarded(() -> structure.offsets(level));
  }

  @Override
  public Vector column(AttributeReference reference) throws IOException {
    Vector vector = vectors.get(reference);
    if (vector == null) {
      vector = guarded(() -> read(reference));
      vectors.put(reference, vector);
    }
    return vector;
  }

  private Vector read(AttributeReference reference) throws IOException {
    return switch (reference) {
      case Intrinsic intrinsic -> intrinsic(intrinsic);
      case AttributeReference.Named named -> named(Level.of(named), named.name());
    };
  }

  private Vector named(Level level, String name) throws IOException {
    int rows = rows(level);
    BlockAttributes generic = attributes.get(level);
    Optional<KnownColumns.Column> column = known.find(level, name);
    Vector values = generic == null ? Vector.empty(rows) : generic.column(name, rows, 0);
    if (column.isEmpty() || !columns.has(column.get().path())) {
      return isServiceName(level, name) ? TraceColumns.withEmptyTexts(values) : values;
    }
    String path = column.get().path();
    return switch (column.get().form()) {
      // the required column has an empty text where the attribute is absent or no text
      case REQUIRED -> values.orElse(columns.texts(path, rows));
      case OPTIONAL -> columns.optional(path, BlockStructure.depth(level), rows).orElse(values);
      case REPEATED ->
          RepeatedColumns.read(columns, path, BlockStructure.depth(level), rows).orElse(values);
    };
  }

  private static boolean isServiceName(Level level, String name) {
    return level == Level.RESOURCE && name.equals(TraceDecoder.SERVICE_NAME);
  }

  private Vector intrinsic(Intrinsic intrinsic) throws IOException {
    Level level = Level.of(intrinsic);
    int rows = rows(level);
    return switch (intrinsic) {
      case DURATION -> columns.numbers(paths.span("DurationNano"), ValueType.DURATION, rows);
      case NAME -> columns.texts(paths.span("Name"), rows);
      case STATUS -> columns.numbers(paths.span("StatusCode"), ValueType.STATUS, rows);
      case STATUS_MESSAGE -> columns.texts(paths.span("StatusMessage"), rows);
      case KIND -> columns.numbers(paths.span("Kind"), ValueType.KIND, rows);
      case ROOT_NAME -> columns.texts("RootSpanName", rows);
      case ROOT_SERVICE_NAME -> columns.texts("RootServiceName", rows);
      case TRACE_DURATION -> columns.numbers("DurationNano", ValueType.DURATION, rows);
      case NESTED_SET_LEFT -> columns.numbers(paths.span("NestedSetLeft"), ValueType.INT, rows);
      case NESTED_SET_RIGHT -> columns.numbers(paths.span("NestedSetRight"), ValueType.INT, rows);
      case NESTED_SET_PARENT -> columns.numbers(paths.span("ParentID"), ValueType.INT, rows);
      case TRACE_ID -> texts(rows, row -> traceIdAt("TraceID", row).toShortHex());
      case SPAN_ID -> spanIdTexts(paths.span("SpanID"), rows);
      case SPAN_PARENT_ID -> spanIdTexts(paths.span("ParentSpanID"), rows);
      case EVENT_NAME -> columns.texts(paths.event("Name"), rows);
      case EVENT_TIME_SINCE_START ->
          orEmpty(paths.event("TimeSinceStartNano"), ValueType.DURATION, rows);
      case LINK_TRACE_ID -> texts(rows, row -> traceIdAt(paths.link("TraceID"), row).toShortHex());
      case LINK_SPAN_ID -> rows == 0 ? Vector.empty(0) : spanIdTexts(paths.link("SpanID"), rows);
      case INSTRUMENTATION_NAME -> columns.texts(paths.scope("Name"), rows);
      case INSTRUMENTATION_VERSION -> columns.texts(paths.scope("Version"), rows);
      case CHILD_COUNT, PARENT -> Vector.empty(rows);
    };
  }

  private Vector orEmpty(String path, ValueType type, int rows) throws IOException {
    return columns.has(path) ? columns.numbers(path, type, rows) : Vector.empty(rows);
  }

  private interface RowText {
    String at(int row) throws IOException;
  }

  private static Vector texts(int rows, RowText text) throws IOException {
    AttributeList.VectorBuilder builder = new AttributeList.VectorBuilder(rows);
    for (int row = 0; row < rows; row++) {
      builder.setText(row, text.at(row));
    }
    return builder.build();
  }

  private Vector spanIdTexts(String path, int rows) throws IOException {
    long[] ids = spanIds(path, rows);
    HexFormat hex = HexFormat.of();
    IntFunction<String> text = row -> hex.toHexDigits(ids[row]);
    return texts(rows, text::apply);
  }

  private long[] spanIds(String path, int rows) throws IOException {
    BinaryVector column = columns.binary(path);
    columns.check(path, column.ids().length, rows);
    long[] ids = new long[rows];
    byte[] bytes = column.dictionary().bytes();
    for (int row = 0; row < rows; row++) {
      int id = column.ids()[row];
      int start = column.dictionary().start(id);
      int length = Math.min(Long.BYTES, column.dictionary().length(id));
      for (int i = 0; i < length; i++) {
        ids[row] = ids[row] << Byte.SIZE | bytes[start + i] & 0xff;
      }
    }
    return ids;
  }

  private TraceId traceIdAt(String path, int row) throws IOException {
    BinaryVector column = columns.binary(path);
    int id = column.ids()[row];
    int length = column.dictionary().length(id);
    int used = Math.min(TraceId.BYTES, length);
    return TraceId.of(
        column.dictionary().bytes(), column.dictionary().start(id) + length - used, used);
  }

  @Override
  public TraceId traceId(int trace) throws IOException {
    return guarded(() -> traceIdAt("TraceID", trace));
  }

  @Override
  public long[] traceStarts() throws IOException {
    return checked(START, Level.TRACE);
  }

  @Override
  public long[] traceEnds() throws IOException {
    return checked(END, Level.TRACE);
  }

  @Override
  public long[] spanIds() throws IOException {
    if (ids.length == 0) {
      ids = guarded(() -> spanIds(paths.span("SpanID"), rows(Level.SPAN)));
    }
    return ids;
  }

  @Override
  public long[] spanStarts() throws IOException {
    return checked(paths.span(START), Level.SPAN);
  }

  @Override
  public long[] spanDurations() throws IOException {
    return checked(paths.span("DurationNano"), Level.SPAN);
  }

  private long[] checked(String path, Level level) throws IOException {
    long[] values = columns.longs(path);
    columns.check(path, values.length, rows(level));
    return values;
  }

  @Override
  public Map<String, ServiceStats> serviceStats(int trace) throws IOException {
    return guarded(() -> services.of(trace));
  }

  @Override
  public boolean mayCover(long start, long end) throws IOException {
    Optional<LongRange> starts = columns.group().range(START);
    Optional<LongRange> ends = columns.group().range(END);
    boolean allBehind = starts.isPresent() && Long.compareUnsigned(starts.get().min(), end) > 0;
    boolean allBefore = ends.isPresent() && Long.compareUnsigned(ends.get().max(), start) < 0;
    return !allBehind && !allBefore;
  }

  @Override
  public void attributeNames(Level level, BitSet entries, Consumer<String> names)
      throws IOException {
    BlockAttributes generic = attributes.get(level);
    if (generic != null) {
      int rows = rows(level);
      guarded(() -> {
        generic.names(entries, rows, names);
        return true;
      });
    }
    for (KnownColumns.Column column : known.of(level)) {
      if (columns.has(column.path()) && holdsValue(level, column.name(), entries)) {
        names.accept(column.name());
      }
    }
  }

  @Override
  public Vector furtherValues(AttributeReference.Named named, int occurrence) throws IOException {
    Level level = Level.of(named);
    int rows = rows(level);
    BlockAttributes generic = attributes.get(level);
    return generic == null
        ? Vector.empty(rows)
        : guarded(() -> generic.column(named.name(), rows, occurrence));
  }

  private boolean holdsValue(Level level, String name, BitSet entries) throws IOException {
    Vector values = column(AttributeReference.named(KnownColumns.scopeOf(level), name));
    boolean emptyIsAbsent = isServiceName(level, name);
    return entries.stream()
        .anyMatch(row ->
            !values.isNil(row)
                && !(emptyIsAbsent
                    && values.type(row) == ValueType.STRING
                    && values.text(row).isEmpty()));
  }

  @Override
  public long inspectedBytes() {
    return columns.bytes();
  }
}
