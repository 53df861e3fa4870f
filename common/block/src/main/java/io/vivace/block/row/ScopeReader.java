package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.block.DedicatedColumn;
import io.vivace.block.parquet.ColumnCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads scopes with their spans.
final class ScopeReader {
  private final ColumnCursor name;
  private final ColumnCursor version;
  private final @Nullable AttributesReader attributes;
  private final @Nullable ColumnCursor dropped;
  private final SpanReader spans;
  private final ColumnCursor[] all;
  private final List<KeyValue> scratch = new ArrayList<>();
  private final List<Span> found = new ArrayList<>();

  ScopeReader(BlockFormat format, Cursors cursors, List<DedicatedColumn> columns)
      throws IOException {
    int from = cursors.count();
    String path = format.scopeSpans() + ".Scope";
    boolean whole = format != BlockFormat.VPARQUET3;
    name = cursors.open(path + ".Name");
    version = cursors.open(path + ".Version");
    attributes = whole ? AttributesReader.open(format, cursors, path) : null;
    dropped = whole ? cursors.open(path + ".DroppedAttributesCount") : null;
    spans = new SpanReader(format, cursors, columns);
    all = cursors.since(from);
  }

  /// Appends all scopes of the resource that the cursors stand on.
  void read(byte[] traceId, List<ScopeSpans> target) throws IOException {
    if (!name.present()) {
      Cursors.skipEmpty(all);
      return;
    }
    int repeated = name.leaf().maxRepetition();
    do {
      target.add(scope(traceId));
    } while (name.repetition() == repeated);
  }

  private ScopeSpans scope(byte[] traceId) throws IOException {
    InstrumentationScope.Builder scope =
        InstrumentationScope.newBuilder().setName(name.takeText()).setVersion(version.takeText());
    if (attributes != null && dropped != null) {
      scratch.clear();
      attributes.read(scratch);
      scope.addAllAttributes(scratch).setDroppedAttributesCount((int) dropped.takeLong());
    }
    found.clear();
    spans.read(traceId, found);
    return ScopeSpans.newBuilder().setScope(scope).addAllSpans(found).build();
  }
}
