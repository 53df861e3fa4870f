package io.vivace.distributor.receiver.zipkin;

import io.vivace.distributor.receiver.zipkin.V2Span.V2Endpoint;
import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// Translates v2 spans in JSON (`zipkin2-api.yaml`, `ListOfSpans`) to OTLP.
public final class ZipkinV2Json {
  private static final int FIRST_KIND = 2;
  private static final Names KINDS = new Names(List.of("SERVER", "CLIENT", "PRODUCER", "CONSUMER"));

  private final JsonInput in;
  private final V2Writer writer;
  private final V2Span span;
  private final TextArena arena;

  private ZipkinV2Json(byte[] json, ZipkinOptions options) {
    this.writer = new V2Writer(options, json.length);
    this.span = writer.span;
    this.arena = span.arena;
    this.in = new JsonInput(json, arena);
  }

  /// Translates a list of spans.
  ///
  /// @return an OTLP `ExportTraceServiceRequest`
  /// @throws MalformedOtlpException when `json` is none, or one of the spans is none
  public static byte[] translate(byte[] json, ZipkinOptions options) throws MalformedOtlpException {
    ZipkinV2Json reader = new ZipkinV2Json(json, options);
    try (JsonInput _ = reader.in) {
      reader.in.eachSpan(() -> {
        reader.span.clear();
        reader.span();
        reader.writer.write();
      });
      return reader.writer.request();
    } catch (JacksonException e) {
      throw new MalformedOtlpException("json: " + e.getOriginalMessage() + " (expected: spans)");
    }
  }

  private void span() throws MalformedOtlpException {
    for (JsonField field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case TRACE_ID -> {
          long text = in.text("traceId");
          span.traceIdHigh = HexIds.high(arena, "traceId", text);
          span.traceIdLow = HexIds.low(arena, "traceId", text);
        }
        case ID -> span.id = id("id");
        case PARENT_ID -> span.parentId = id("parentId");
        case KIND -> {
          int kind = KINDS.find(arena, in.text("kind"));
          span.kind = kind < 0 ? 0 : kind + FIRST_KIND;
        }
        case NAME -> span.name = in.text("name");
        case TIMESTAMP -> span.timestamp = in.number("timestamp", 0, Long.MAX_VALUE);
        case DURATION -> span.duration = in.number("duration", 0, Long.MAX_VALUE);
        case LOCAL_ENDPOINT -> endpoint(span.local);
        case REMOTE_ENDPOINT -> endpoint(span.remote);
        case ANNOTATIONS -> annotations();
        case TAGS -> tags();
        default -> in.skip();
      }
    }
    if (span.id == 0) {
      throw new MalformedOtlpException("valid span id required");
    }
  }

  private long id(String what) throws MalformedOtlpException {
    long text = in.text(what);
    if (HexIds.high(arena, what, text) != 0) {
      throw HexIds.malformed(arena, what, text);
    }
    return HexIds.low(arena, what, text);
  }

  private void endpoint(V2Endpoint endpoint) throws MalformedOtlpException {
    in.object("endpoint");
    endpoint.clear();
    long ipv4 = TextArena.NONE;
    long ipv6 = TextArena.NONE;
    for (JsonField field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case SERVICE_NAME -> endpoint.service = in.text("serviceName");
        case IPV4 -> ipv4 = IpAddresses.canonical(arena, in.text("ipv4"));
        case IPV6 -> ipv6 = IpAddresses.canonical(arena, in.text("ipv6"));
        case PORT -> endpoint.port = (int) in.number("port", 0, 0xffff);
        default -> in.skip();
      }
    }
    endpoint.ip = TextArena.length(ipv6) > 0 ? ipv6 : ipv4;
  }

  private void annotations() throws MalformedOtlpException {
    in.array("annotations");
    while (in.nextObject("annotation")) {
      annotation();
    }
  }

  private void annotation() throws MalformedOtlpException {
    long micros = 0;
    long value = TextArena.NONE;
    for (JsonField field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case TIMESTAMP -> micros = in.number("timestamp", 0, Long.MAX_VALUE);
        case VALUE -> value = in.text("value");
        default -> in.skip();
      }
    }
    if (micros == 0) {
      throw new MalformedOtlpException("valid annotation timestamp required");
    }
    span.events.add(micros, value);
  }

  private void tags() throws MalformedOtlpException {
    in.object("tags");
    for (long key = in.nextKey(); key >= 0; key = in.nextKey()) {
      boolean isNull = in.token() == JsonToken.VALUE_NULL;
      span.tags.putString(key, isNull ? TextArena.NONE : in.text("tag"));
    }
  }
}
