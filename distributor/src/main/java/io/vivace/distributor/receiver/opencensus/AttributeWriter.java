package io.vivace.distributor.receiver.opencensus;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import io.vivace.wire.otlp.WireCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes `Attributes` of OpenCensus as attributes of OTLP. Two attributes may tell kind and status
/// of a span instead: they are found and left out on demand.
final class AttributeWriter {
  private static final byte[] SPAN_KIND = "span.kind".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STATUS_CODE = "otel.status_code".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UNKNOWN =
      "<Unknown OpenCensus attribute value type>".getBytes(StandardCharsets.US_ASCII);
  private static final int ATTRIBUTE_MAP = 1;
  private static final int DROPPED_COUNT = 2;

  private static final int TEXT = 1;
  private static final int INT = 2;
  private static final int BOOL = 3;
  private static final int DOUBLE = 4;

  private final byte[] message;
  private final OtlpWriter out;
  private final WireCursor cursor;

  // the entry that was read last
  private long key;
  private int type;
  private long value;

  AttributeWriter(byte[] message, OtlpWriter out) {
    this.message = message;
    this.out = out;
    this.cursor = new WireCursor(message, 0);
  }

  /// Writes all attributes.
  ///
  /// @param field of the attributes in the open message
  /// @param droppedField of the count of dropped ones
  /// @param withoutKind leaves out `span.kind`
  /// @param withoutStatus leaves out `otel.status_code`
  void write(
      long attributes, int field, int droppedField, boolean withoutKind, boolean withoutStatus)
      throws MalformedOtlpException {
    int end = Wire.end(attributes);
    cursor.position(Wire.start(attributes));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case ATTRIBUTE_MAP -> {
          entry(Wire.range(cursor, tag, end));
          if (!(withoutKind && isKey(SPAN_KIND)) && !(withoutStatus && isKey(STATUS_CODE))) {
            write(field);
          }
        }
        case DROPPED_COUNT -> {
          long dropped = Wire.varint(cursor, tag, end);
          if (dropped != 0) {
            out.varint(droppedField, dropped & 0xffffffffL);
          }
        }
        default -> cursor.skipField(tag, end);
      }
    }
  }

  void write(long attributes, int field, int droppedField) throws MalformedOtlpException {
    write(attributes, field, droppedField, false, false);
  }

  /// The OTLP number of the kind that attribute `span.kind` tells, 0 when it tells none.
  int kind(long attributes) throws MalformedOtlpException {
    if (!find(attributes, SPAN_KIND, TEXT)) {
      return 0;
    }
    return switch (new String(
        message, Wire.start(value), Math.min(16, Wire.length(value)), StandardCharsets.UTF_8)) {
      case "internal" -> 1;
      case "producer" -> 4;
      case "consumer" -> 5;
      default -> 0;
    };
  }

  /// Whether there is a whole number `otel.status_code`; [#statusCode] is its value then.
  boolean hasStatusCode(long attributes) throws MalformedOtlpException {
    return find(attributes, STATUS_CODE, INT);
  }

  int statusCode() {
    return (int) value;
  }

  private boolean find(long attributes, byte[] sought, int soughtType)
      throws MalformedOtlpException {
    int end = Wire.end(attributes);
    cursor.position(Wire.start(attributes));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      if (tag >>> 3 != ATTRIBUTE_MAP) {
        cursor.skipField(tag, end);
        continue;
      }
      entry(Wire.range(cursor, tag, end));
      if (type == soughtType && isKey(sought)) {
        return true;
      }
    }
    return false;
  }

  private boolean isKey(byte[] sought) {
    return Arrays.equals(message, Wire.start(key), Wire.end(key), sought, 0, sought.length);
  }

  private void entry(long range) throws MalformedOtlpException {
    int after = cursor.position();
    int end = Wire.end(range);
    cursor.position(Wire.start(range));
    key = Wire.NONE;
    type = 0;
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> key = Wire.range(cursor, tag, end);
        case 2 -> value(Wire.range(cursor, tag, end));
        default -> cursor.skipField(tag, end);
      }
    }
    cursor.position(after);
  }

  private void value(long range) throws MalformedOtlpException {
    int after = cursor.position();
    int end = Wire.end(range);
    cursor.position(Wire.start(range));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      int field = tag >>> 3;
      switch (field) {
        case TEXT -> value = Texts.value(cursor, Wire.range(cursor, tag, end));
        case INT, BOOL -> value = Wire.varint(cursor, tag, end);
        case DOUBLE -> value = Wire.fixed64(cursor, tag, end);
        default -> {
          cursor.skipField(tag, end);
          continue;
        }
      }
      type = field;
    }
    cursor.position(after);
  }

  private void write(int field) {
    int attribute = out.begin(field);
    out.bytes(1, message, Wire.start(key), Wire.length(key));
    int any = out.begin(2);
    switch (type) {
      case TEXT -> out.bytes(1, message, Wire.start(value), Wire.length(value));
      case INT -> out.varint(3, value);
      case BOOL -> out.varint(2, value == 0 ? 0 : 1);
      case DOUBLE -> out.fixed64(4, value);
      default -> out.bytes(1, UNKNOWN, 0, UNKNOWN.length);
    }
    out.end(any);
    out.end(attribute);
  }
}
