package io.vivace.block.row;

import com.google.protobuf.UnsafeByteOperations;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.block.DedicatedColumn;
import io.vivace.block.parquet.ColumnCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads spans, one after the other.
final class SpanReader {
  private final ColumnCursor spanId;
  private final ColumnCursor parentSpanId;
  private final ColumnCursor name;
  private final ColumnCursor kind;
  private final ColumnCursor traceState;
  private final ColumnCursor start;
  private final ColumnCursor duration;
  private final ColumnCursor statusCode;
  private final ColumnCursor statusMessage;
  private final AttributesReader attributes;
  private final ColumnCursor droppedAttributes;
  private final EventsReader events;
  private final ColumnCursor droppedEvents;
  private final LinksReader links;
  private final ColumnCursor droppedLinks;
  private final @Nullable ColumnCursor httpMethod;
  private final @Nullable ColumnCursor httpUrl;
  private final @Nullable ColumnCursor httpStatusCode;
  private final DedicatedReader dedicated;
  private final ColumnCursor[] all;
  private final List<KeyValue> scratch = new ArrayList<>();

  SpanReader(BlockFormat format, Cursors cursors, List<DedicatedColumn> columns)
      throws IOException {
    int from = cursors.count();
    String path = format.span();
    spanId = cursors.open(path + ".SpanID");
    parentSpanId = cursors.open(path + ".ParentSpanID");
    name = cursors.open(path + ".Name");
    kind = cursors.open(path + ".Kind");
    traceState = cursors.open(path + ".TraceState");
    start = cursors.open(path + ".StartTimeUnixNano");
    duration = cursors.open(path + ".DurationNano");
    statusCode = cursors.open(path + ".StatusCode");
    statusMessage = cursors.open(path + ".StatusMessage");
    attributes = AttributesReader.open(format, cursors, path);
    droppedAttributes = cursors.open(path + ".DroppedAttributesCount");
    events = new EventsReader(format, cursors, path, columns);
    droppedEvents = cursors.open(path + ".DroppedEventsCount");
    links = LinksReader.open(format, cursors, path);
    droppedLinks = cursors.open(path + ".DroppedLinksCount");
    boolean fixed = format.hasFixedColumns();
    httpMethod = fixed ? cursors.open(path + ".HttpMethod") : null;
    httpUrl = fixed ? cursors.open(path + ".HttpUrl") : null;
    httpStatusCode = fixed ? cursors.open(path + ".HttpStatusCode") : null;
    dedicated = new DedicatedReader(format, cursors, path, DedicatedColumn.SPAN, columns);
    all = cursors.since(from);
  }

  /// Appends all spans of the scope that the cursors stand on.
  void read(byte[] traceId, List<Span> target) throws IOException {
    if (!spanId.present()) {
      Cursors.skipEmpty(all);
      return;
    }
    int repeated = spanId.leaf().maxRepetition();
    do {
      target.add(span(traceId));
    } while (spanId.repetition() == repeated);
  }

  private Span span(byte[] traceId) throws IOException {
    long startTime = start.takeLong();
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(UnsafeByteOperations.unsafeWrap(traceId))
            .setSpanId(UnsafeByteOperations.unsafeWrap(spanId.takeBytes()))
            .setParentSpanId(UnsafeByteOperations.unsafeWrap(parentSpanId.takeBytes()))
            .setName(name.takeText())
            .setKindValue((int) kind.takeLong())
            .setTraceState(traceState.takeText())
            .setStartTimeUnixNano(startTime)
            .setEndTimeUnixNano(startTime + duration.takeLong())
            .setStatus(
                Status.newBuilder()
                    .setCodeValue((int) statusCode.takeLong())
                    .setMessage(statusMessage.takeText()));
    scratch.clear();
    attributes.read(scratch);
    span.setDroppedAttributesCount((int) droppedAttributes.takeLong());
    events.read(startTime, span);
    span.setDroppedEventsCount((int) droppedEvents.takeLong());
    links.read(span);
    span.setDroppedLinksCount((int) droppedLinks.takeLong());
    dedicated.read(scratch);
    fixed();
    return span.addAllAttributes(scratch).build();
  }

  private void fixed() throws IOException {
    if (httpMethod == null || httpUrl == null || httpStatusCode == null) {
      return;
    }
    addText(scratch, FixedColumns.HTTP_METHOD, httpMethod.takeOptionalText());
    addText(scratch, FixedColumns.HTTP_URL, httpUrl.takeOptionalText());
    if (httpStatusCode.present()) {
      scratch.add(
          KeyValue.newBuilder()
              .setKey(FixedColumns.HTTP_STATUS_CODE)
              .setValue(AnyValue.newBuilder().setIntValue(httpStatusCode.longValue()))
              .build());
    }
    httpStatusCode.advance();
  }

  static void addText(List<KeyValue> target, String key, @Nullable String text) {
    if (text != null) {
      target.add(
          KeyValue.newBuilder()
              .setKey(key)
              .setValue(AnyValue.newBuilder().setStringValue(text))
              .build());
    }
  }
}
