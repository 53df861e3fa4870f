package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.OtlpWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Writes v1 spans as OTLP, one `ResourceSpans` for each endpoint.
final class V1Writer {
  private static final byte[] UNKNOWN_SERVICE =
      "unknown-service".getBytes(StandardCharsets.US_ASCII);
  private static final Names LOCAL_COMPONENT = new Names(List.of("lc"));

  final V1Span span = new V1Span();
  private final TextArena arena = span.arena;
  private final SpanGroups groups;
  private final V1Status status = new V1Status(arena);
  private final @Nullable LongSupplier nowNanos;

  /// A writer of one request.
  ///
  /// @param expectedBytes size of the request, about
  /// @param nowNanos the time of spans that tell none, nanoseconds since 1970; null leaves it at 0
  V1Writer(int expectedBytes, @Nullable LongSupplier nowNanos) {
    this.groups = new SpanGroups(expectedBytes);
    this.nowNanos = nowNanos;
  }

  /// The request with every span that was written.
  byte[] request() {
    return groups.request();
  }

  /// Writes [#span] and makes it ready for the next one.
  void write() {
    OtlpWriter out = group();
    int mark = out.begin(OtlpSpan.SPANS);
    out.traceId(OtlpSpan.TRACE_ID, span.traceIdHigh, span.traceIdLow);
    out.spanId(OtlpSpan.SPAN_ID, span.id);
    if (span.parentId != 0) {
      out.spanId(OtlpSpan.PARENT_SPAN_ID, span.parentId);
    }
    OtlpSpan.text(out, OtlpSpan.NAME, arena, span.name);
    if (span.kind != 0) {
      out.varint(OtlpSpan.KIND, span.kind);
    }
    times(out);
    tags(out);
    peer(out);
    for (int i = 0; i < span.events.size(); i++) {
      int event = out.begin(OtlpSpan.EVENTS);
      out.fixed64(OtlpSpan.EVENT_TIME, Micros.toNanos(span.events.micros(i)));
      OtlpSpan.text(out, OtlpSpan.EVENT_NAME, arena, span.events.text(i));
      out.end(event);
    }
    status.write(out, OtlpSpan.STATUS);
    out.end(mark);
    span.clear();
  }

  private OtlpWriter group() {
    long service = span.service();
    if (TextArena.length(service) == 0) {
      service = arena.add(UNKNOWN_SERVICE, 0, UNKNOWN_SERVICE.length);
    }
    long name = service;
    V1Endpoint endpoint = span.endpoint;
    int key = arena.size();
    arena.addCopy(name);
    arena.addCopy(endpoint.ipv4);
    arena.addCopy(endpoint.ipv6);
    // the lengths tell where one text ends and the next begins
    arena.addInt(TextArena.length(name));
    arena.addInt(TextArena.length(endpoint.ipv4));
    arena.addInt(endpoint.port);
    int end = arena.size();
    return groups.content(
        arena.bytes(), key, end, () -> origin(name, TextArena.text(key, end - key)));
  }

  private SpanGroups.Origin origin(long service, long key) {
    OtlpWriter resource = new OtlpWriter(64);
    V1Endpoint endpoint = span.endpoint;
    span.tags.writeText(resource, 1, "service.name", service);
    if (TextArena.length(endpoint.ipv4) > 0) {
      span.tags.writeText(resource, 1, "ipv4", endpoint.ipv4);
    }
    if (TextArena.length(endpoint.ipv6) > 0) {
      span.tags.writeText(resource, 1, "ipv6", endpoint.ipv6);
    }
    if (endpoint.port != 0) {
      resource.attribute(1, "port", Integer.toString(endpoint.port));
    }
    byte[] name = arena.bytes();
    return new SpanGroups.Origin(
        new String(name, TextArena.start(key), TextArena.length(key), StandardCharsets.ISO_8859_1),
        "",
        resource,
        new OtlpWriter(16));
  }

  private void times(OtlpWriter out) {
    long start = Micros.toNanos(span.hasTimestamp ? span.timestamp : span.earliest);
    long end = span.hasTimestamp ? Micros.end(start, span.duration) : Micros.toNanos(span.latest);
    if (start == 0 && nowNanos != null) {
      start = nowNanos.getAsLong();
      end = start;
      out.attribute(OtlpSpan.ATTRIBUTES, OtlpSpan.START_TIME_ABSENT, true);
    }
    out.fixed64(OtlpSpan.START_TIME, start);
    out.fixed64(OtlpSpan.END_TIME, end);
  }

  private void tags(OtlpWriter out) {
    status.clear();
    TagList tags = span.tags;
    for (int i = 0; i < tags.size(); i++) {
      if (status.take(tags, i)) {
        continue;
      }
      if (LOCAL_COMPONENT.find(arena, tags.key(i)) == 0) {
        long component = arena.add("component");
        tags.write(out, OtlpSpan.ATTRIBUTES, component, tags.type(i), tags.value(i));
      } else {
        tags.write(out, OtlpSpan.ATTRIBUTES, i);
      }
    }
  }

  private void peer(OtlpWriter out) {
    V1Endpoint peer = span.peer;
    OtlpSpan.peer(out, span.tags, peer.service, peer.ip(), peer.port);
  }
}
