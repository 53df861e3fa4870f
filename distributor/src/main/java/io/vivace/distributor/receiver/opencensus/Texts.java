package io.vivace.distributor.receiver.opencensus;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import io.vivace.wire.otlp.WireCursor;
import java.nio.charset.StandardCharsets;

/// Small messages of OpenCensus: `TruncatableString`, `Timestamp`, `Tracestate`, ids.
final class Texts {
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private Texts() {}

  /// The range of the text of a `TruncatableString`; the cursor stays where it is.
  static long value(WireCursor cursor, long string) throws MalformedOtlpException {
    int after = cursor.position();
    int end = Wire.end(string);
    long value = Wire.NONE;
    cursor.position(Wire.start(string));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      if (tag >>> 3 == 1) {
        value = Wire.range(cursor, tag, end);
      } else {
        cursor.skipField(tag, end);
      }
    }
    cursor.position(after);
    return value;
  }

  /// The nanoseconds of a `Timestamp`; the cursor stays where it is.
  static long nanos(WireCursor cursor, long timestamp) throws MalformedOtlpException {
    int after = cursor.position();
    int end = Wire.end(timestamp);
    long seconds = 0;
    long nanos = 0;
    cursor.position(Wire.start(timestamp));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> seconds = Wire.varint(cursor, tag, end);
        case 2 -> nanos = Wire.varint(cursor, tag, end);
        default -> cursor.skipField(tag, end);
      }
    }
    cursor.position(after);
    return seconds * 1_000_000_000 + nanos;
  }

  /// Writes a `Tracestate` as the header of W3C: `key=value,key=value`.
  static void traceState(byte[] message, WireCursor cursor, long state, OtlpWriter out, int field)
      throws MalformedOtlpException {
    int after = cursor.position();
    int end = Wire.end(state);
    StringBuilder text = new StringBuilder();
    cursor.position(Wire.start(state));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      if (tag >>> 3 == 1) {
        entry(message, cursor, Wire.range(cursor, tag, end), text);
      } else {
        cursor.skipField(tag, end);
      }
    }
    cursor.position(after);
    if (!text.isEmpty()) {
      out.string(field, text.toString());
    }
  }

  private static void entry(byte[] message, WireCursor cursor, long entry, StringBuilder text)
      throws MalformedOtlpException {
    int after = cursor.position();
    int end = Wire.end(entry);
    long key = Wire.NONE;
    long value = Wire.NONE;
    cursor.position(Wire.start(entry));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> key = Wire.range(cursor, tag, end);
        case 2 -> value = Wire.range(cursor, tag, end);
        default -> cursor.skipField(tag, end);
      }
    }
    cursor.position(after);
    text.append(text.isEmpty() ? "" : ",");
    text.append(string(message, key)).append('=').append(string(message, value));
  }

  private static String string(byte[] message, long range) {
    return new String(message, Wire.start(range), Wire.length(range), StandardCharsets.UTF_8);
  }

  /// Writes an id of a trace: its first sixteen bytes, with zeros behind a shorter one.
  static void traceId(byte[] message, long id, OtlpWriter out, int field) {
    out.traceId(field, bits(message, id, 0), bits(message, id, SPAN_ID_BYTES));
  }

  /// The first eight bytes of an id, with zeros behind a shorter one.
  static long spanId(byte[] message, long id) {
    return bits(message, id, 0);
  }

  private static long bits(byte[] message, long id, int from) {
    int length = Math.min(Wire.length(id), TRACE_ID_BYTES);
    long bits = 0;
    for (int i = from; i < from + SPAN_ID_BYTES; i++) {
      bits = bits << 8 | (i < length ? message[Wire.start(id) + i] & 0xff : 0);
    }
    return bits;
  }
}
