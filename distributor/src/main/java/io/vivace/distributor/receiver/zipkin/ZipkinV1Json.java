package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.MalformedOtlpException;
import java.util.function.LongSupplier;
import tools.jackson.core.JacksonException;

/// Translates v1 spans in JSON (`zipkin-api.yaml`) to OTLP.
public final class ZipkinV1Json {
  private final JsonInput in;
  private final boolean parseStringTags;
  private final V1Writer writer;
  private final V1Span span;
  private final TextArena arena;
  private final V1Endpoint host = new V1Endpoint();

  private ZipkinV1Json(byte[] json, boolean parseStringTags, LongSupplier nowNanos) {
    this.parseStringTags = parseStringTags;
    this.writer = new V1Writer(json.length, nowNanos);
    this.span = writer.span;
    this.arena = span.arena;
    this.in = new JsonInput(json, arena);
  }

  /// Translates a list of spans.
  ///
  /// @param nowNanos the time of spans that tell none, nanoseconds since 1970
  /// @return an OTLP `ExportTraceServiceRequest`
  /// @throws MalformedOtlpException when `json` is none, or one of the spans is none
  public static byte[] translate(byte[] json, ZipkinOptions options, LongSupplier nowNanos)
      throws MalformedOtlpException {
    ZipkinV1Json reader = new ZipkinV1Json(json, options.parseStringTags(), nowNanos);
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
        case TRACE_ID -> traceId();
        case ID -> span.id = id("id");
        case PARENT_ID -> parentId();
        case NAME -> span.name = in.text("name");
        case TIMESTAMP -> {
          span.timestamp = in.number("timestamp", Long.MIN_VALUE, Long.MAX_VALUE);
          span.hasTimestamp = span.timestamp != 0;
        }
        case DURATION -> span.duration = in.number("duration", Long.MIN_VALUE, Long.MAX_VALUE);
        case ANNOTATIONS -> annotations();
        case BINARY_ANNOTATIONS -> binaryAnnotations();
        default -> in.skip();
      }
    }
    if ((span.traceIdHigh | span.traceIdLow) == 0) {
      throw new MalformedOtlpException("traceId: zero (expected: 16 or 32 hex digits)");
    }
    if (span.id == 0) {
      throw new MalformedOtlpException("id: zero (expected: 16 hex digits)");
    }
  }

  private void traceId() throws MalformedOtlpException {
    long text = in.text("traceId");
    if (TextArena.length(text) != 16 && TextArena.length(text) != 32) {
      throw new MalformedOtlpException(
          "hex traceId span has wrong length (expected 16 or 32): " + TextArena.length(text));
    }
    span.traceIdHigh = HexIds.high(arena, "traceId", text);
    span.traceIdLow = HexIds.low(arena, "traceId", text);
  }

  private long id(String what) throws MalformedOtlpException {
    return id(what, in.text(what));
  }

  private long id(String what, long text) throws MalformedOtlpException {
    if (TextArena.length(text) != 16) {
      throw new MalformedOtlpException(
          "hex " + what + " has wrong length (expected 16): " + TextArena.length(text));
    }
    return HexIds.low(arena, what, text);
  }

  private void parentId() throws MalformedOtlpException {
    long text = in.text("parentId");
    if (TextArena.length(text) == 0) {
      return;
    }
    span.parentId = id("parentId", text);
    if (span.parentId == 0) {
      throw new MalformedOtlpException("parentId: zero (expected: 16 hex digits)");
    }
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
    host.clear();
    for (JsonField field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case TIMESTAMP -> micros = in.number("timestamp", Long.MIN_VALUE, Long.MAX_VALUE);
        case VALUE -> value = in.text("value");
        case ENDPOINT -> host();
        default -> in.skip();
      }
    }
    span.annotation(micros, value, host);
  }

  private void binaryAnnotations() throws MalformedOtlpException {
    in.array("binaryAnnotations");
    while (in.nextObject("binaryAnnotation")) {
      binaryAnnotation();
    }
  }

  private void binaryAnnotation() throws MalformedOtlpException {
    long key = TextArena.NONE;
    byte type = TagList.STRING;
    long value = TextArena.NONE;
    host.clear();
    for (JsonField field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case KEY -> key = in.text("key");
        case VALUE -> {
          type = valueType();
          value = value(type);
        }
        case ENDPOINT -> host();
        default -> in.skip();
      }
    }
    if (span.isAddress(key, type, value)) {
      span.peer.copy(host);
    } else if (TextArena.length(host.service) > 0) {
      span.serviceOf(host);
    }
    if (type == TagList.STRING && parseStringTags) {
      byte parsed = StringTags.type(arena, value);
      span.binaryAnnotation(key, parsed, StringTags.value(arena, value, parsed));
    } else {
      span.binaryAnnotation(key, type, value);
    }
  }

  private byte valueType() throws MalformedOtlpException {
    return switch (in.token()) {
      case VALUE_STRING -> TagList.STRING;
      case VALUE_TRUE, VALUE_FALSE -> TagList.BOOL;
      case VALUE_NUMBER_INT -> TagList.INT;
      case VALUE_NUMBER_FLOAT -> TagList.DOUBLE;
      case null, default -> throw in.wrong("value", "a text, a number, true or false");
    };
  }

  private long value(byte type) throws MalformedOtlpException {
    return switch (type) {
      case TagList.BOOL -> in.isTrue() ? 1 : 0;
      case TagList.INT -> in.number("value", Long.MIN_VALUE, Long.MAX_VALUE);
      case TagList.DOUBLE -> Double.doubleToRawLongBits(in.real());
      default -> in.text("value");
    };
  }

  private void host() throws MalformedOtlpException {
    in.object("endpoint");
    host.clear();
    for (JsonField field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case SERVICE_NAME -> host.service = in.text("serviceName");
        case IPV4 -> host.ipv4 = in.text("ipv4");
        case IPV6 -> host.ipv6 = in.text("ipv6");
        case PORT -> host.port = (int) in.number("port", Integer.MIN_VALUE, Integer.MAX_VALUE);
        default -> in.skip();
      }
    }
  }
}
