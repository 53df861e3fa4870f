package io.vivace.distributor.receiver.opencensus;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import io.vivace.wire.otlp.WireCursor;
import java.util.Arrays;

/// Writes spans of OpenCensus as OTLP. A span is scanned first, because its fields come in any
/// order and kind and status may be told by its attributes.
final class SpanWriter {
  private static final int RESOURCE_FIELD = 16;
  private static final int FIELDS = 17;

  private final byte[] message;
  private final OtlpWriter out;
  private final WireCursor cursor;
  private final AttributeWriter attributes;
  private final EventWriter events;

  /// Ranges of the fields of the span that was scanned, by number.
  private final long[] ranges = new long[FIELDS];

  private final boolean[] present = new boolean[FIELDS];
  private int kind;

  SpanWriter(byte[] message, OtlpWriter out) {
    this.message = message;
    this.out = out;
    this.cursor = new WireCursor(message, 0);
    this.attributes = new AttributeWriter(message, out);
    this.events = new EventWriter(message, out, attributes);
  }

  /// Looks at a span.
  void scan(int start, int end) throws MalformedOtlpException {
    Arrays.fill(ranges, Wire.NONE);
    Arrays.fill(present, false);
    kind = 0;
    cursor.position(start);
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      int field = tag >>> 3;
      switch (field) {
        case 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 15, RESOURCE_FIELD -> {
          ranges[field] = Wire.range(cursor, tag, end);
          present[field] = true;
        }
        case 14 -> kind = (int) Wire.varint(cursor, tag, end);
        default -> cursor.skipField(tag, end);
      }
    }
  }

  boolean hasOwnResource() {
    return present[RESOURCE_FIELD];
  }

  int resourceStart() {
    return Wire.start(ranges[RESOURCE_FIELD]);
  }

  int resourceEnd() {
    return Wire.end(ranges[RESOURCE_FIELD]);
  }

  /// Writes the span that was scanned into the open `ScopeSpans`.
  void write() throws MalformedOtlpException {
    int mark = out.begin(2);
    Texts.traceId(message, ranges[1], out, 1);
    out.spanId(2, Texts.spanId(message, ranges[2]));
    Texts.traceState(message, cursor, ranges[15], out, 3);
    long parent = Texts.spanId(message, ranges[3]);
    if (parent != 0) {
      out.spanId(4, parent);
    }
    long name = Texts.value(cursor, ranges[4]);
    out.bytes(5, message, Wire.start(name), Wire.length(name));
    int attributeKind = kind == 0 ? attributes.kind(ranges[7]) : 0;
    kind(attributeKind);
    out.fixed64(7, Texts.nanos(cursor, ranges[5]));
    out.fixed64(8, Texts.nanos(cursor, ranges[6]));
    boolean attributeStatus = status();
    attributes.write(ranges[7], 9, 10, attributeKind != 0, attributeStatus);
    if (present[12]) {
      out.attribute(9, "opencensus.same_process_as_parent_span", isTrue(ranges[12]));
    }
    events.events(ranges[9]);
    events.links(ranges[10]);
    out.end(mark);
  }

  private void kind(int attributeKind) {
    // OpenCensus counts server 1, client 2; OTLP server 2, client 3
    int otlp = kind == 1 || kind == 2 ? kind + 1 : attributeKind;
    if (otlp != 0) {
      out.varint(6, otlp);
    }
  }

  /// Writes the status.
  ///
  /// @return whether an attribute told it
  private boolean status() throws MalformedOtlpException {
    int mark = out.begin(15);
    boolean byAttribute = false;
    if (present[11]) {
      int end = Wire.end(ranges[11]);
      int code = 0;
      cursor.position(Wire.start(ranges[11]));
      while (cursor.position() < end) {
        int tag = cursor.readTag(end);
        switch (tag >>> 3) {
          case 1 -> code = Wire.varint(cursor, tag, end) == 0 ? 0 : 2;
          case 2 -> {
            long text = Wire.range(cursor, tag, end);
            out.bytes(2, message, Wire.start(text), Wire.length(text));
          }
          default -> cursor.skipField(tag, end);
        }
      }
      byAttribute = attributes.hasStatusCode(ranges[7]);
      if (byAttribute) {
        code = attributes.statusCode();
      }
      if (code != 0) {
        out.varint(3, code);
      }
    }
    out.end(mark);
    return byAttribute;
  }

  private boolean isTrue(long boolValue) throws MalformedOtlpException {
    int end = Wire.end(boolValue);
    boolean value = false;
    cursor.position(Wire.start(boolValue));
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      if (tag >>> 3 == 1) {
        value = Wire.varint(cursor, tag, end) != 0;
      } else {
        cursor.skipField(tag, end);
      }
    }
    return value;
  }
}
