package io.vivace.block.row;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.block.parquet.ColumnCursor;
import io.vivace.block.parquet.MalformedDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the links of a span.
sealed interface LinksReader {
  void read(Span.Builder span) throws IOException;

  static LinksReader open(BlockFormat format, Cursors cursors, String span) throws IOException {
    return format == BlockFormat.VPARQUET3
        ? new Encoded(cursors.open(span + ".Links"))
        : new Columns(format, cursors, span + ".Links" + format.element());
  }

  /// Version 3: one protobuf message whose field 1 repeats links, as field 13 of a span does.
  record Encoded(ColumnCursor message) implements LinksReader {
    @Override
    public void read(Span.Builder span) throws IOException {
      byte[] bytes = message.takeBytes();
      try {
        com.google.protobuf.CodedInputStream in =
            com.google.protobuf.CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          if (tag == 10) {
            span.addLinks(Span.Link.parseFrom(in.readByteArray()));
          } else {
            in.skipField(tag);
          }
        }
      } catch (InvalidProtocolBufferException e) {
        throw new MalformedDataException("links: " + e.getMessage(), e);
      }
    }
  }

  /// Versions 4 and 5: columns.
  final class Columns implements LinksReader {
    private final ColumnCursor traceId;
    private final ColumnCursor spanId;
    private final ColumnCursor traceState;
    private final AttributesReader attributes;
    private final ColumnCursor dropped;
    private final ColumnCursor[] all;
    private final List<KeyValue> scratch = new ArrayList<>();

    Columns(BlockFormat format, Cursors cursors, String path) throws IOException {
      int from = cursors.count();
      traceId = cursors.open(path + ".TraceID");
      spanId = cursors.open(path + ".SpanID");
      traceState = cursors.open(path + ".TraceState");
      attributes = AttributesReader.open(format, cursors, path);
      dropped = cursors.open(path + ".DroppedAttributesCount");
      all = cursors.since(from);
    }

    @Override
    public void read(Span.Builder span) throws IOException {
      if (!traceId.present()) {
        Cursors.skipEmpty(all);
        return;
      }
      int repeated = traceId.leaf().maxRepetition();
      do {
        Span.Link.Builder link =
            Span.Link.newBuilder()
                .setTraceId(UnsafeByteOperations.unsafeWrap(traceId.takeBytes()))
                .setSpanId(UnsafeByteOperations.unsafeWrap(spanId.takeBytes()))
                .setTraceState(traceState.takeText());
        scratch.clear();
        attributes.read(scratch);
        link.setDroppedAttributesCount((int) dropped.takeLong());
        span.addLinks(link.addAllAttributes(scratch));
      } while (traceId.repetition() == repeated);
    }
  }
}
