package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.OtlpWriter;

/// Field numbers of an OTLP span (opentelemetry-proto, `trace/v1/trace.proto`), and what spans of
/// both versions are written with.
final class OtlpSpan {
  /// Field of `ScopeSpans`.
  static final int SPANS = 2;

  static final int TRACE_ID = 1;
  static final int SPAN_ID = 2;
  static final int TRACE_STATE = 3;
  static final int PARENT_SPAN_ID = 4;
  static final int NAME = 5;
  static final int KIND = 6;
  static final int START_TIME = 7;
  static final int END_TIME = 8;
  static final int ATTRIBUTES = 9;
  static final int EVENTS = 11;
  static final int LINKS = 13;
  static final int STATUS = 15;

  static final int EVENT_TIME = 1;
  static final int EVENT_NAME = 2;

  static final String START_TIME_ABSENT = "otel.zipkin.absentField.startTime";

  private OtlpSpan() {}

  /// Writes a text of an arena, nothing when it is empty.
  static void text(OtlpWriter out, int field, TextArena arena, long text) {
    if (TextArena.length(text) > 0) {
      out.bytes(field, arena.bytes(), TextArena.start(text), TextArena.length(text));
    }
  }

  /// Writes what is known of the other side.
  static void peer(OtlpWriter out, TagList tags, long service, long ip, int port) {
    if (TextArena.length(service) > 0) {
      tags.writeText(out, ATTRIBUTES, "peer.service", service);
    }
    if (TextArena.length(ip) > 0) {
      tags.writeText(out, ATTRIBUTES, "net.peer.ip", ip);
    }
    if (port > 0) {
      out.attribute(ATTRIBUTES, "net.peer.port", port);
    }
  }
}
