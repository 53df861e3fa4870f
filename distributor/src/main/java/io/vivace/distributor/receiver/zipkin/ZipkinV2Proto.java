package io.vivace.distributor.receiver.zipkin;

import io.vivace.distributor.receiver.zipkin.V2Span.V2Endpoint;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.WireCursor;
import java.nio.ByteBuffer;

/// Translates v2 spans in protobuf (`zipkin.proto`, `ListOfSpans`) to OTLP.
public final class ZipkinV2Proto {
  /// Zipkin's kinds (1 client, 2 server, 3 producer, 4 consumer) in OTLP's numbers.
  private static final int[] KINDS = {0, 3, 2, 4, 5};

  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED64 = 1;
  private static final int VARINT = 0;

  private final byte[] bytes;
  private final WireCursor cursor;
  private final V2Writer writer;
  private final V2Span span;
  private final TextArena arena;

  private ZipkinV2Proto(byte[] bytes, ZipkinOptions options) {
    this.bytes = bytes;
    this.cursor = new WireCursor(bytes, 0);
    this.writer = new V2Writer(options, bytes.length);
    this.span = writer.span;
    this.arena = span.arena;
  }

  /// Translates a `ListOfSpans`.
  ///
  /// @return an OTLP `ExportTraceServiceRequest`
  public static byte[] translate(byte[] body, ZipkinOptions options) throws MalformedOtlpException {
    ZipkinV2Proto reader = new ZipkinV2Proto(body, options);
    reader.spans();
    return reader.writer.request();
  }

  private void spans() throws MalformedOtlpException {
    while (cursor.position() < bytes.length) {
      int tag = cursor.readTag(bytes.length);
      if (tag == tag(1, LENGTH_DELIMITED)) {
        span.clear();
        span(cursor.readEnd(bytes.length));
        writer.write();
      } else {
        skip(tag, 1, bytes.length);
      }
    }
  }

  private void span(int end) throws MalformedOtlpException {
    boolean hasId = false;
    boolean hasTraceId = false;
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag) {
        case 1 << 3 | LENGTH_DELIMITED -> {
          traceId(cursor.readEnd(end));
          hasTraceId = true;
        }
        case 2 << 3 | LENGTH_DELIMITED ->
            span.parentId = id("parent_id", cursor.readEnd(end), true);
        case 3 << 3 | LENGTH_DELIMITED -> {
          span.id = id("id", cursor.readEnd(end), false);
          hasId = true;
        }
        case 4 << 3 | VARINT -> {
          long kind = cursor.readVarint(end);
          span.kind = kind > 0 && kind < KINDS.length ? KINDS[(int) kind] : 0;
        }
        case 5 << 3 | LENGTH_DELIMITED -> span.name = text(cursor.readEnd(end));
        case 6 << 3 | FIXED64 -> span.timestamp = cursor.readFixed64(end);
        case 7 << 3 | VARINT -> span.duration = cursor.readVarint(end);
        case 8 << 3 | LENGTH_DELIMITED -> endpoint(span.local, cursor.readEnd(end));
        case 9 << 3 | LENGTH_DELIMITED -> endpoint(span.remote, cursor.readEnd(end));
        case 10 << 3 | LENGTH_DELIMITED -> annotation(cursor.readEnd(end));
        case 11 << 3 | LENGTH_DELIMITED -> tag(cursor.readEnd(end));
        case 12 << 3 | VARINT, 13 << 3 | VARINT -> cursor.readVarint(end);
        default -> skip(tag, 13, end);
      }
    }
    if (!hasId) {
      throw new MalformedOtlpException("id: none (expected: 8 bytes)");
    }
    if (!hasTraceId) {
      throw new MalformedOtlpException("trace_id: none (expected: 8 or 16 bytes)");
    }
  }

  private void traceId(int end) throws MalformedOtlpException {
    int start = cursor.position();
    int length = end - start;
    if (length != 8 && length != 16) {
      throw new MalformedOtlpException(
          "invalid TraceID: has length " + length + " (expected: 8 or 16)");
    }
    span.traceIdHigh = length == 16 ? cursor.bigEndianLong(start) : 0;
    span.traceIdLow = cursor.bigEndianLong(end - 8);
    cursor.position(end);
  }

  private long id(String name, int end, boolean optional) throws MalformedOtlpException {
    int start = cursor.position();
    cursor.position(end);
    if (end == start && optional) {
      return 0;
    }
    if (end - start != 8) {
      throw new MalformedOtlpException(name + ": " + (end - start) + " bytes (expected: 8 bytes)");
    }
    return cursor.bigEndianLong(start);
  }

  private void endpoint(V2Endpoint endpoint, int end) throws MalformedOtlpException {
    long ipv4 = TextArena.NONE;
    long ipv6 = TextArena.NONE;
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag) {
        case 1 << 3 | LENGTH_DELIMITED -> endpoint.service = text(cursor.readEnd(end));
        case 2 << 3 | LENGTH_DELIMITED -> ipv4 = address(cursor.readEnd(end));
        case 3 << 3 | LENGTH_DELIMITED -> ipv6 = address(cursor.readEnd(end));
        case 4 << 3 | VARINT -> endpoint.port = (int) cursor.readVarint(end) & 0xffff;
        default -> skip(tag, 4, end);
      }
    }
    endpoint.ip = TextArena.length(ipv6) > 0 ? ipv6 : ipv4;
  }

  private void annotation(int end) throws MalformedOtlpException {
    long micros = 0;
    long value = TextArena.NONE;
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag) {
        case 1 << 3 | FIXED64 -> micros = cursor.readFixed64(end);
        case 2 << 3 | LENGTH_DELIMITED -> value = text(cursor.readEnd(end));
        default -> skip(tag, 2, end);
      }
    }
    span.events.add(micros, value);
  }

  private void tag(int end) throws MalformedOtlpException {
    long key = TextArena.NONE;
    long value = TextArena.NONE;
    while (cursor.position() < end) {
      int tag = cursor.readTag(end);
      switch (tag) {
        case 1 << 3 | LENGTH_DELIMITED -> key = text(cursor.readEnd(end));
        case 2 << 3 | LENGTH_DELIMITED -> value = text(cursor.readEnd(end));
        default -> skip(tag, 2, end);
      }
    }
    span.tags.putString(key, value);
  }

  private long text(int end) {
    int start = cursor.position();
    cursor.position(end);
    return arena.add(bytes, start, end - start);
  }

  private long address(int end) {
    int start = cursor.position();
    cursor.position(end);
    return IpAddresses.add(arena, ByteBuffer.wrap(bytes, start, end - start));
  }

  /// Steps over a field that the message does not have.
  ///
  /// @param known the highest field that the message has: with another wire type it is damaged
  private void skip(int tag, int known, int end) throws MalformedOtlpException {
    if (tag >>> 3 <= known) {
      throw new MalformedOtlpException(
          "field " + (tag >>> 3) + ": wire type " + (tag & 7) + " (expected: that of the schema)");
    }
    cursor.skipField(tag, end);
  }

  private static int tag(int field, int type) {
    return field << 3 | type;
  }
}
