package io.vivace.distributor.receiver.jaeger;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.WireCursor;

/// Reads the messages `Span` and `Process` of `jaeger.api_v2`, one after the other.
final class JaegerProtoSpan {
  private static final int LONG_TRACE_ID = 2 * Long.BYTES;

  final JaegerSpan span = new JaegerSpan();
  final Slice scopeName = new Slice();
  final Slice scopeVersion = new Slice();

  private final WireCursor cursor;
  private final byte[] bytes;
  private final JaegerProtoTime time;
  private final JaegerProcess own = new JaegerProcess();
  private final TagScratch tag = new TagScratch();
  private final TagTable fields = new TagTable();
  private boolean hasOwnProcess;
  private long idHigh;
  private long idLow;

  JaegerProtoSpan(WireCursor cursor, byte[] bytes) {
    this.cursor = cursor;
    this.bytes = bytes;
    this.time = new JaegerProtoTime(cursor);
  }

  /// Whether the span that was read names a process, which then counts instead of the batch's.
  boolean hasOwnProcess() {
    return hasOwnProcess;
  }

  JaegerProcess ownProcess() {
    return own;
  }

  /// Reads a span up to `end`.
  void read(int end) throws MalformedOtlpException {
    span.clear();
    own.clear();
    hasOwnProcess = false;
    long durationNanos = 0;
    while (cursor.position() < end) {
      int field = cursor.readTag(end);
      switch (field) {
        case JaegerFields.SPAN_TRACE_ID -> {
          traceId(cursor.readEnd(end));
          span.traceIdHigh = idHigh;
          span.traceIdLow = idLow;
        }
        case JaegerFields.SPAN_ID -> span.spanId = spanId(cursor.readEnd(end));
        case JaegerFields.SPAN_OPERATION -> slice(span.name, end);
        case JaegerFields.SPAN_REFERENCES -> reference(cursor.readEnd(end));
        case JaegerFields.SPAN_FLAGS -> span.hasOther |= cursor.readVarint(end) != 0;
        case JaegerFields.SPAN_START -> {
          span.startNanos = time.timestamp(cursor.readEnd(end));
          span.hasOther = true;
        }
        case JaegerFields.SPAN_DURATION -> durationNanos = time.duration(cursor.readEnd(end));
        case JaegerFields.SPAN_TAGS -> tag(span.tags, cursor.readEnd(end));
        case JaegerFields.SPAN_LOGS -> log(cursor.readEnd(end));
        case JaegerFields.SPAN_PROCESS -> {
          process(own, cursor.readEnd(end));
          hasOwnProcess = true;
          span.hasOther = true;
        }
        case JaegerFields.SPAN_PROCESS_ID, JaegerFields.SPAN_WARNINGS -> {
          cursor.position(cursor.readEnd(end));
          span.hasOther = true;
        }
        default -> JaegerFields.skip(cursor, field, end, JaegerFields.SPAN_LAST);
      }
    }
    span.endNanos = span.startNanos + durationNanos;
  }

  /// Finishes the span that was read and takes its scope out of its tags.
  void finish() {
    takeScope();
    span.moveTag(Texts.TRACE_STATE, OtlpFields.SPAN_TRACE_STATE);
    span.finish();
  }

  private void takeScope() {
    scopeName.clear();
    scopeVersion.clear();
    int name = span.tags.find(Texts.SCOPE_NAME);
    if (name == TagTable.NONE) {
      return;
    }
    span.tags.text(name, scopeName);
    span.tags.remove(name);
    int version = span.tags.find(Texts.SCOPE_VERSION);
    if (version != TagTable.NONE) {
      span.tags.text(version, scopeVersion);
      span.tags.remove(version);
    }
    if (scopeName.isEmpty()) {
      scopeVersion.clear();
    }
  }

  /// Reads a process up to `end` and adds it to what `process` has.
  void process(JaegerProcess process, int end) throws MalformedOtlpException {
    while (cursor.position() < end) {
      int field = cursor.readTag(end);
      switch (field) {
        case JaegerFields.PROCESS_SERVICE_NAME -> slice(process.serviceName, end);
        case JaegerFields.PROCESS_TAGS -> tag(process.tags, cursor.readEnd(end));
        default -> JaegerFields.skip(cursor, field, end, JaegerFields.PROCESS_LAST);
      }
    }
  }

  private void log(int end) throws MalformedOtlpException {
    fields.clear();
    long timeNanos = 0;
    while (cursor.position() < end) {
      int field = cursor.readTag(end);
      switch (field) {
        case JaegerFields.LOG_TIMESTAMP -> timeNanos = time.timestamp(cursor.readEnd(end));
        case JaegerFields.LOG_FIELDS -> tag(fields, cursor.readEnd(end));
        default -> JaegerFields.skip(cursor, field, end, JaegerFields.LOG_LAST);
      }
    }
    span.addLog(timeNanos, fields);
  }

  private void reference(int end) throws MalformedOtlpException {
    int type = 0;
    long referencedSpan = 0;
    idHigh = 0;
    idLow = 0;
    while (cursor.position() < end) {
      int field = cursor.readTag(end);
      switch (field) {
        case JaegerFields.REFERENCE_TRACE_ID -> traceId(cursor.readEnd(end));
        case JaegerFields.REFERENCE_SPAN_ID -> referencedSpan = spanId(cursor.readEnd(end));
        case JaegerFields.REFERENCE_TYPE -> type = (int) cursor.readVarint(end);
        default -> JaegerFields.skip(cursor, field, end, JaegerFields.REFERENCE_LAST);
      }
    }
    span.references.add(type, idHigh, idLow, referencedSpan);
  }

  private void tag(TagTable tags, int end) throws MalformedOtlpException {
    tag.clear();
    int type = 0;
    while (cursor.position() < end) {
      int field = cursor.readTag(end);
      switch (field) {
        case JaegerFields.TAG_KEY -> slice(tag.key, end);
        case JaegerFields.TAG_TYPE -> type = (int) cursor.readVarint(end);
        case JaegerFields.TAG_STRING -> slice(tag.text, end);
        case JaegerFields.TAG_BOOL -> tag.truth = cursor.readVarint(end) != 0;
        case JaegerFields.TAG_INT64 -> tag.integer = cursor.readVarint(end);
        case JaegerFields.TAG_FLOAT64 ->
            tag.real = Double.longBitsToDouble(cursor.readFixed64(end));
        case JaegerFields.TAG_BINARY -> slice(tag.binary, end);
        default -> JaegerFields.skip(cursor, field, end, JaegerFields.TAG_LAST);
      }
    }
    switch (type) {
      case 0 -> tag.addTo(tags, TagType.STRING);
      case 1 -> tag.addTo(tags, TagType.BOOL);
      case 2 -> tag.addTo(tags, TagType.INT64);
      case 3 -> tag.addTo(tags, TagType.FLOAT64);
      case 4 -> tag.addTo(tags, TagType.BINARY);
      default -> tag.addUnknownTo(tags, Integer.toString(type));
    }
  }

  private void slice(Slice target, int end) throws MalformedOtlpException {
    int sliceEnd = cursor.readEnd(end);
    target.set(bytes, cursor.position(), sliceEnd - cursor.position());
    cursor.position(sliceEnd);
  }

  private void traceId(int end) throws MalformedOtlpException {
    int start = cursor.position();
    int length = end - start;
    if (length != Long.BYTES && length != LONG_TRACE_ID) {
      throw new MalformedOtlpException(
          "trace id length: " + length + " (expected: 8 or 16 bytes) at byte " + start);
    }
    idHigh = length == Long.BYTES ? 0 : cursor.bigEndianLong(start);
    idLow = cursor.bigEndianLong(end - Long.BYTES);
    cursor.position(end);
  }

  private long spanId(int end) throws MalformedOtlpException {
    int start = cursor.position();
    if (end - start != Long.BYTES) {
      throw new MalformedOtlpException(
          "span id length: " + (end - start) + " (expected: 8 bytes) at byte " + start);
    }
    cursor.position(end);
    return cursor.bigEndianLong(start);
  }
}
