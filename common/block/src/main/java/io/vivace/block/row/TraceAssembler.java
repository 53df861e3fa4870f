package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.vivace.block.DedicatedColumn;
import io.vivace.block.parquet.ColumnCursor;
import io.vivace.block.parquet.MalformedDataException;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Puts the traces of consecutive rows together. Every resource, scope and status is present in
/// what it returns; attributes come generic ones first, then dedicated, then those with fixed
/// columns.
public final class TraceAssembler {
  private static final Set<String> DERIVED =
      Set.of("ParentID", "NestedSetLeft", "NestedSetRight", "ChildCount", "SpanCount");

  private final ColumnCursor traceId;
  private final ColumnCursor serviceName;
  private final List<ColumnCursor> fixed = new ArrayList<>();
  private final AttributesReader attributes;
  private final List<ColumnCursor> dropped = new ArrayList<>();
  private final DedicatedReader dedicated;
  private final ScopeReader scopes;
  private final ColumnCursor[] resourceCursors;
  private final List<KeyValue> scratch = new ArrayList<>();
  private final List<ScopeSpans> found = new ArrayList<>();

  /// Opens the columns that make up traces; those that are derived from them stay closed.
  public TraceAssembler(BlockFormat format, List<DedicatedColumn> columns, Cursors cursors)
      throws IOException {
    traceId = cursors.open("TraceID");
    int from = cursors.count();
    String path = format.resourceSpans() + ".Resource";
    attributes = AttributesReader.open(format, cursors, path);
    serviceName = cursors.open(path + ".ServiceName");
    if (format != BlockFormat.VPARQUET3) {
      dropped.add(cursors.open(path + ".DroppedAttributesCount"));
    }
    if (format.hasFixedColumns()) {
      for (String column : FixedColumns.RESOURCE_COLUMNS) {
        fixed.add(cursors.open(path + "." + column));
      }
    }
    dedicated = new DedicatedReader(format, cursors, path, DedicatedColumn.RESOURCE, columns);
    scopes = new ScopeReader(format, cursors, columns);
    resourceCursors = cursors.since(from);
  }

  /// Whether the column called `path` is read to put traces together; others are derived.
  public static boolean reads(String path) {
    int dot = path.lastIndexOf('.');
    String name = path.substring(dot + 1);
    return path.equals("TraceID")
        || path.startsWith("rs") && !DERIVED.contains(name) && !name.startsWith("StartTimeRounded");
  }

  /// Whether another row follows.
  public boolean hasNext() {
    return !traceId.exhausted();
  }

  /// Id of the row that [#next] will return.
  public TraceId id() {
    byte[] id = traceId.bytes();
    if (id.length > TraceId.BYTES) {
      throw new MalformedDataException("TraceID: " + id.length + " bytes (expected: 16)");
    }
    return TraceId.of(id);
  }

  /// The trace of the row, and on to the next row.
  public Trace next() throws IOException {
    byte[] id = id().toBytes();
    traceId.advance();
    Trace.Builder trace = Trace.newBuilder();
    if (!serviceName.present()) {
      Cursors.skipEmpty(resourceCursors);
    } else {
      int repeated = serviceName.leaf().maxRepetition();
      do {
        trace.addResourceSpans(resource(id));
      } while (serviceName.repetition() == repeated);
    }
    for (ColumnCursor cursor : resourceCursors) {
      if (cursor.repetition() != 0) {
        throw new MalformedDataException(
            cursor.leaf().path() + ": more entries than its neighbours (expected: the same)");
      }
    }
    return trace.build();
  }

  private ResourceSpans resource(byte[] id) throws IOException {
    scratch.clear();
    attributes.read(scratch);
    Resource.Builder resource = Resource.newBuilder();
    for (ColumnCursor cursor : dropped) {
      resource.setDroppedAttributesCount((int) cursor.takeLong());
    }
    dedicated.read(scratch);
    String service = serviceName.takeText();
    if (!service.isEmpty()) {
      SpanReader.addText(scratch, FixedColumns.SERVICE_NAME, service);
    }
    for (int i = 0; i < fixed.size(); i++) {
      String text = fixed.get(i).takeOptionalText();
      SpanReader.addText(scratch, FixedColumns.RESOURCE_KEYS.get(i), text);
    }
    resource.addAllAttributes(scratch);
    found.clear();
    scopes.read(id, found);
    return ResourceSpans.newBuilder().setResource(resource).addAllScopeSpans(found).build();
  }
}
