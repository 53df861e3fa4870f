package io.vivace.distributor.receiver.zipkin;

import io.vivace.distributor.receiver.zipkin.V2Span.V2Endpoint;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import java.util.List;

/// Writes v2 spans as OTLP, one `ResourceSpans` for each service.
final class V2Writer {
  /// The codes of OTLP, by their index divided by two.
  private static final Names STATUS_CODES =
      new Names(
          List.of(
              "STATUS_CODE_UNSET", "Unset", "STATUS_CODE_OK", "Ok", "STATUS_CODE_ERROR", "Error"));

  private static final Names INTERNAL = new Names(List.of("internal"));
  private static final Names TRUE = new Names(List.of("true"));
  private static final int KIND_INTERNAL = 1;
  private static final int STATUS_ERROR = 2;

  final V2Span span = new V2Span();
  private final TextArena arena = span.arena;
  private final TagList tags = span.tags;
  private final V2Tags roles = new V2Tags(tags);
  private final V2Groups groups;
  private final V2Links links;
  private final ZipkinOptions options;

  /// A writer of one request.
  ///
  /// @param expectedBytes size of the request, about
  V2Writer(ZipkinOptions options, int expectedBytes) {
    this.options = options;
    this.groups = new V2Groups(span, roles, options.lossless(), expectedBytes);
    this.links = new V2Links(span, roles, options.lossless());
  }

  /// The request with every span that was written.
  byte[] request() {
    return groups.request();
  }

  /// Writes [#span] and makes it ready for the next one.
  ///
  /// @throws MalformedOtlpException when an annotation or a tag cannot be taken apart
  void write() throws MalformedOtlpException {
    roles.classify(arena);
    OtlpWriter out = groups.content();
    int mark = out.begin(OtlpSpan.SPANS);
    out.traceId(OtlpSpan.TRACE_ID, span.traceIdHigh, span.traceIdLow);
    out.spanId(OtlpSpan.SPAN_ID, span.id);
    OtlpSpan.text(out, OtlpSpan.TRACE_STATE, arena, roles.take(V2Tags.TRACE_STATE));
    if (span.parentId != 0 && span.parentId != span.id) {
      out.spanId(OtlpSpan.PARENT_SPAN_ID, span.parentId);
    }
    OtlpSpan.text(out, OtlpSpan.NAME, arena, span.name);
    kind(out);
    long start = Micros.toNanos(span.timestamp);
    out.fixed64(OtlpSpan.START_TIME, start);
    out.fixed64(OtlpSpan.END_TIME, Micros.end(start, span.duration));
    // what the status takes of the tags is no attribute, so it comes first
    status(out);
    links.write(out);
    attributes(out);
    for (int i = 0; i < span.events.size(); i++) {
      event(out, span.events.micros(i), span.events.text(i));
    }
    out.end(mark);
    span.clear();
  }

  private void kind(OtlpWriter out) {
    int kind = span.kind;
    if (kind == 0 && roles.has(V2Tags.KIND)) {
      kind = INTERNAL.find(arena, roles.take(V2Tags.KIND)) == 0 ? KIND_INTERNAL : 0;
    }
    if (kind != 0) {
      out.varint(OtlpSpan.KIND, kind);
    }
  }

  private void status(OtlpWriter out) {
    int code = 0;
    long message = TextArena.NONE;
    if (roles.has(V2Tags.STATUS_CODE)) {
      code = Math.max(0, STATUS_CODES.find(arena, roles.take(V2Tags.STATUS_CODE)) / 2);
      message = roles.take(V2Tags.STATUS_DESCRIPTION);
    }
    if (roles.has(V2Tags.ERROR)) {
      code = STATUS_ERROR;
      if (TRUE.find(arena, roles.text(V2Tags.ERROR)) == 0) {
        roles.take(V2Tags.ERROR);
      }
    }
    int mark = out.begin(OtlpSpan.STATUS);
    OtlpSpan.text(out, 2, arena, message);
    if (code != 0) {
      out.varint(3, code);
    }
    out.end(mark);
  }

  private void attributes(OtlpWriter out) {
    for (int i = 0; i < tags.size(); i++) {
      if (!roles.isOfSpan(i)) {
        continue;
      }
      if (options.parseStringTags()) {
        byte type = StringTags.type(arena, tags.value(i));
        long value = StringTags.value(arena, tags.value(i), type);
        tags.write(out, OtlpSpan.ATTRIBUTES, tags.key(i), type, value);
      } else {
        tags.write(out, OtlpSpan.ATTRIBUTES, i);
      }
    }
    V2Endpoint local = span.local;
    if (TextArena.length(local.ip) > 0) {
      tags.writeText(out, OtlpSpan.ATTRIBUTES, "net.host.ip", local.ip);
    }
    if (local.port > 0) {
      out.attribute(OtlpSpan.ATTRIBUTES, "net.host.port", local.port);
    }
    OtlpSpan.peer(out, tags, span.remote.service, span.remote.ip, span.remote.port);
    if (span.timestamp == 0) {
      out.attribute(OtlpSpan.ATTRIBUTES, OtlpSpan.START_TIME_ABSENT, true);
    }
  }

  private void event(OtlpWriter out, long micros, long text) throws MalformedOtlpException {
    int mark = out.begin(OtlpSpan.EVENTS);
    out.fixed64(OtlpSpan.EVENT_TIME, Micros.toNanos(micros));
    if (arena.indexOf(text, '|') < 0) {
      OtlpSpan.text(out, OtlpSpan.EVENT_NAME, arena, text);
    } else {
      pipedEvent(out, arena.string(text));
    }
    out.end(mark);
  }

  private void pipedEvent(OtlpWriter out, String text) throws MalformedOtlpException {
    try {
      if (PipedText.count(text) >= 3) {
        PipedText event = PipedText.parse(text, 1);
        out.string(OtlpSpan.EVENT_NAME, event.parts()[0]);
        event.write(out, 3, 4);
        return;
      }
    } catch (MalformedOtlpException e) {
      if (!options.lossless()) {
        throw e;
      }
    }
    // a text that happens to have a bar
    out.string(
        OtlpSpan.EVENT_NAME, options.lossless() ? text : text.substring(0, text.indexOf('|')));
  }
}
