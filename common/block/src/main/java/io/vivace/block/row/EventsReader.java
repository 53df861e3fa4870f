package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.block.DedicatedColumn;
import io.vivace.block.parquet.ColumnCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the events of a span.
final class EventsReader {
  private final ColumnCursor time;
  private final boolean relative;
  private final ColumnCursor name;
  private final AttributesReader attributes;
  private final ColumnCursor dropped;
  private final @Nullable DedicatedReader dedicated;
  private final ColumnCursor[] all;
  private final List<KeyValue> scratch = new ArrayList<>();

  EventsReader(BlockFormat format, Cursors cursors, String span, List<DedicatedColumn> columns)
      throws IOException {
    int from = cursors.count();
    String path = span + ".Events" + format.element();
    relative = format != BlockFormat.VPARQUET3;
    time = cursors.open(path + (relative ? ".TimeSinceStartNano" : ".TimeUnixNano"));
    name = cursors.open(path + ".Name");
    attributes =
        relative
            ? AttributesReader.open(format, cursors, path)
            : new EncodedReader(cursors, path + ".Attrs" + format.element());
    dropped = cursors.open(path + ".DroppedAttributesCount");
    dedicated =
        format == BlockFormat.VPARQUET5
            ? new DedicatedReader(format, cursors, path, DedicatedColumn.EVENT, columns)
            : null;
    all = cursors.since(from);
  }

  void read(long spanStart, Span.Builder span) throws IOException {
    if (!time.present()) {
      Cursors.skipEmpty(all);
      return;
    }
    int repeated = time.leaf().maxRepetition();
    do {
      long at = time.takeLong();
      Span.Event.Builder event =
          Span.Event.newBuilder()
              .setTimeUnixNano(relative ? spanStart + at : at)
              .setName(name.takeText());
      scratch.clear();
      attributes.read(scratch);
      event.setDroppedAttributesCount((int) dropped.takeLong());
      if (dedicated != null) {
        dedicated.read(scratch);
      }
      span.addEvents(event.addAllAttributes(scratch));
    } while (time.repetition() == repeated);
  }
}
