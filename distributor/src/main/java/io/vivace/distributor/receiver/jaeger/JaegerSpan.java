package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.OtlpWriter;

/// One span while it is read, and its translation. Used again after [#clear].
final class JaegerSpan {
  long traceIdHigh;
  long traceIdLow;
  long spanId;

  /// 0 when the span names no parent, or only by reference.
  long parentId;

  long startNanos;
  long endNanos;

  /// Whether a field was there that is not translated and not zero.
  boolean hasOther;

  final Slice name = new Slice();
  final TagTable tags = new TagTable();
  final References references = new References();

  /// The OTLP span as far as it is written: events, until [#finish].
  final OtlpWriter body = new OtlpWriter(1024);

  private final SpanStatus status = new SpanStatus();
  private final Slice text = new Slice();

  void clear() {
    traceIdHigh = 0;
    traceIdLow = 0;
    spanId = 0;
    parentId = 0;
    startNanos = 0;
    endNanos = 0;
    hasOther = false;
    name.clear();
    tags.clear();
    references.clear();
    body.reset();
  }

  /// Whether nothing was said about the span: the collector leaves such spans out.
  boolean isBlank() {
    return (traceIdHigh | traceIdLow | spanId | parentId | startNanos | endNanos) == 0
        && !hasOther
        && name.isEmpty()
        && tags.isEmpty()
        && references.isEmpty()
        && body.position() == 0;
  }

  /// Adds a log, which becomes an event: its field `event` is the name. `fields` are used up.
  void addLog(long timeNanos, TagTable fields) {
    int event = body.begin(OtlpFields.SPAN_EVENTS);
    body.fixed64(OtlpFields.EVENT_TIME, timeNanos);
    int eventName = fields.find(Texts.EVENT);
    if (eventName != TagTable.NONE) {
      fields.text(eventName, text);
      fields.remove(eventName);
      writeText(OtlpFields.EVENT_NAME);
    }
    fields.write(body, OtlpFields.EVENT_ATTRIBUTES);
    body.end(event);
  }

  /// Takes a tag out and writes its text into a field of the span.
  void moveTag(byte[] key, int field) {
    int slot = tags.find(key);
    if (slot != TagTable.NONE) {
      tags.text(slot, text);
      tags.remove(slot);
      writeText(field);
    }
  }

  /// Writes what is not in [#body] yet.
  void finish() {
    if ((traceIdHigh | traceIdLow) != 0) {
      body.traceId(OtlpFields.SPAN_TRACE_ID, traceIdHigh, traceIdLow);
    }
    if (spanId != 0) {
      body.spanId(OtlpFields.SPAN_ID, spanId);
    }
    long parent = parentId != 0 ? parentId : references.parent(traceIdHigh, traceIdLow);
    if (parent != 0) {
      body.spanId(OtlpFields.SPAN_PARENT_ID, parent);
    }
    body.bytes(OtlpFields.SPAN_NAME, name.source, name.offset, name.length);
    body.fixed64(OtlpFields.SPAN_START, startNanos);
    body.fixed64(OtlpFields.SPAN_END, endNanos);
    SpanKind kind = takeKind();
    if (kind != SpanKind.UNSPECIFIED) {
      body.varint(OtlpFields.SPAN_KIND, kind.number());
    }
    status.write(tags, kind, body);
    tags.write(body, OtlpFields.SPAN_ATTRIBUTES);
    references.writeLinks(body, parent);
  }

  private SpanKind takeKind() {
    int slot = tags.find(Texts.SPAN_KIND);
    if (slot == TagTable.NONE) {
      return SpanKind.UNSPECIFIED;
    }
    tags.text(slot, text);
    tags.remove(slot);
    return SpanKind.of(text);
  }

  private void writeText(int field) {
    if (!text.isEmpty()) {
      body.bytes(field, text.source, text.offset, text.length);
    }
  }
}
