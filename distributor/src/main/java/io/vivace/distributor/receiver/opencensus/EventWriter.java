package io.vivace.distributor.receiver.opencensus;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import io.vivace.wire.otlp.WireCursor;

/// Writes time events and links of a span of OpenCensus as events and links of OTLP.
final class EventWriter {
  private static final int EVENTS = 11;
  private static final int DROPPED_EVENTS = 12;
  private static final int LINKS = 13;
  private static final int DROPPED_LINKS = 14;
  private static final String UNKNOWN =
      "An unknown OpenCensus TimeEvent type was detected when translating";

  private final byte[] message;
  private final OtlpWriter out;
  private final AttributeWriter attributes;
  private final WireCursor cursor;

  EventWriter(byte[] message, OtlpWriter out, AttributeWriter attributes) {
    this.message = message;
    this.out = out;
    this.attributes = attributes;
    this.cursor = new WireCursor(message, 0);
  }

  /// Writes `TimeEvents` into the open span.
  void events(long timeEvents) throws MalformedOtlpException {
    int end = Wire.end(timeEvents);
    long dropped = 0;
    cursor.position(Wire.start(timeEvents));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> {
          long event = Wire.range(cursor, tag, end);
          int after = cursor.position();
          event(event);
          cursor.position(after);
        }
        case 2, 3 -> dropped += (int) Wire.varint(cursor, tag, end);
        default -> cursor.skipField(tag, end);
      }
    }
    count(DROPPED_EVENTS, dropped);
  }

  private void event(long event) throws MalformedOtlpException {
    int mark = out.begin(EVENTS);
    int end = Wire.end(event);
    long annotation = Wire.NONE;
    long messageEvent = Wire.NONE;
    int type = 0;
    cursor.position(Wire.start(event));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> out.fixed64(1, Texts.nanos(cursor, Wire.range(cursor, tag, end)));
        case 2 -> {
          annotation = Wire.range(cursor, tag, end);
          type = 2;
        }
        case 3 -> {
          messageEvent = Wire.range(cursor, tag, end);
          type = 3;
        }
        default -> cursor.skipField(tag, end);
      }
    }
    switch (type) {
      case 2 -> annotation(annotation);
      case 3 -> messageEvent(messageEvent);
      default -> out.string(2, UNKNOWN);
    }
    out.end(mark);
  }

  private void annotation(long annotation) throws MalformedOtlpException {
    int end = Wire.end(annotation);
    cursor.position(Wire.start(annotation));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> {
          long text = Texts.value(cursor, Wire.range(cursor, tag, end));
          out.bytes(2, message, Wire.start(text), Wire.length(text));
        }
        case 2 -> attributes.write(Wire.range(cursor, tag, end), 3, 4);
        default -> cursor.skipField(tag, end);
      }
    }
  }

  private void messageEvent(long event) throws MalformedOtlpException {
    int end = Wire.end(event);
    long type = 0;
    long id = 0;
    long size = 0;
    long compressed = 0;
    cursor.position(Wire.start(event));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> type = Wire.varint(cursor, tag, end);
        case 2 -> id = Wire.varint(cursor, tag, end);
        case 3 -> size = Wire.varint(cursor, tag, end);
        case 4 -> compressed = Wire.varint(cursor, tag, end);
        default -> cursor.skipField(tag, end);
      }
    }
    out.string(2, "message");
    out.attribute(3, "message.type", type(type));
    out.attribute(3, "messaging.message_id", id);
    out.attribute(3, "messaging.message_payload_size_bytes", size);
    out.attribute(3, "messaging.message_payload_compressed_size_bytes", compressed);
  }

  private static String type(long type) {
    return switch ((int) type) {
      case 0 -> "TYPE_UNSPECIFIED";
      case 1 -> "SENT";
      case 2 -> "RECEIVED";
      default -> Integer.toString((int) type);
    };
  }

  /// Writes `Links` into the open span.
  void links(long links) throws MalformedOtlpException {
    int end = Wire.end(links);
    long dropped = 0;
    cursor.position(Wire.start(links));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> {
          long link = Wire.range(cursor, tag, end);
          int after = cursor.position();
          link(link);
          cursor.position(after);
        }
        case 2 -> dropped = (int) Wire.varint(cursor, tag, end);
        default -> cursor.skipField(tag, end);
      }
    }
    count(DROPPED_LINKS, dropped);
  }

  private void link(long link) throws MalformedOtlpException {
    int mark = out.begin(LINKS);
    int end = Wire.end(link);
    cursor.position(Wire.start(link));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag >>> 3) {
        case 1 -> Texts.traceId(message, Wire.range(cursor, tag, end), out, 1);
        case 2 -> out.spanId(2, Texts.spanId(message, Wire.range(cursor, tag, end)));
        case 4 -> attributes.write(Wire.range(cursor, tag, end), 4, 5);
        case 5 -> Texts.traceState(message, cursor, Wire.range(cursor, tag, end), out, 3);
        default -> cursor.skipField(tag, end);
      }
    }
    out.end(mark);
  }

  private void count(int field, long count) {
    if (count != 0) {
      out.varint(field, count & 0xffffffffL);
    }
  }
}
