package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
import static io.vivace.distributor.receiver.jaeger.Sample.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.jaeger.Sample.Log;
import io.vivace.distributor.receiver.jaeger.Sample.Reference;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of the translation of spans, one row a case: what a client sends, and what is stored.
class SpanTranslationTableTest {
  private static final String LINK_TRACE = "0102030405060708090a0b0c0d0e0f10";

  enum Wire {
    PROTOBUF,
    THRIFT
  }

  record Row(String rule, Set<Wire> wires, Sample.Span sent, String stored) {
    @Override
    public String toString() {
      return rule + " " + wires;
    }
  }

  private static Row both(String rule, Sample.Span sent, String stored) {
    return new Row(rule, EnumSet.allOf(Wire.class), sent, stored);
  }

  private static Row only(Wire wire, String rule, Sample.Span sent, String stored) {
    return new Row(rule, EnumSet.of(wire), sent, stored);
  }

  static Stream<Row> rows() {
    return Stream.of(tags(), kinds(), statuses(), parents(), logs(), scopes()).flatMap(s -> s);
  }

  private static Stream<Row> tags() {
    return Stream.of(
        both("string", span().with(tag("k", "v")), "op {k=\"v\"}"),
        both("bool", span().with(tag("k", true)), "op {k=true}"),
        both("bool false", span().with(tag("k", false)), "op {k=false}"),
        both("long", span().with(tag("k", Long.MIN_VALUE)), "op {k=-9223372036854775808L}"),
        both("double", span().with(tag("k", 0.5)), "op {k=0.5}"),
        both("binary", span().with(tag("k", new byte[] {1, -1})), "op {k=0x01ff}"),
        only(
            Wire.PROTOBUF,
            "unknown type",
            span().with(tag("k", Sample.Unknown.TYPE)),
            "op {k=\"<Unknown Jaeger TagType \"77\">\"}"),
        both("no tags", span(), "op"),
        both("empty text", span().with(tag("k", "")), "op {k=\"\"}"),
        both(
            "a later tag wins",
            span().with(tag("k", "1"), tag("l", "x"), tag("k", 2L)),
            "op {k=2L l=\"x\"}"));
  }

  private static Stream<Row> kinds() {
    return Stream.of(
        both("kind client", span().with(tag("span.kind", "client")), "op kind=CLIENT"),
        both("kind server", span().with(tag("span.kind", "server")), "op kind=SERVER"),
        both("kind producer", span().with(tag("span.kind", "producer")), "op kind=PRODUCER"),
        both("kind consumer", span().with(tag("span.kind", "consumer")), "op kind=CONSUMER"),
        both("kind internal", span().with(tag("span.kind", "internal")), "op kind=INTERNAL"),
        both("kind in capitals", span().with(tag("span.kind", "SERVER")), "op"),
        both("kind of another type", span().with(tag("span.kind", 1L)), "op"));
  }

  private static Stream<Row> statuses() {
    return Stream.of(
        both("error", span().with(tag("error", true)), "op status=ERROR()"),
        both(
            "error with description",
            span()
                .with(
                    tag("error", true),
                    tag("otel.status_description", "d"),
                    tag("http.status_message", "m")),
            "op status=ERROR(d) {http.status_message=\"m\"}"),
        both(
            "error with message",
            span().with(tag("error", true), tag("http.status_message", "m")),
            "op status=ERROR(m) {http.status_message=\"m\"}"),
        both(
            "error beats the code",
            span().with(tag("otel.status_code", "OK"), tag("error", true)),
            "op status=ERROR()"),
        both(
            "no error leaves the code",
            span().with(tag("error", false), tag("otel.status_code", "ok")),
            "op status=OK() {error=false}"),
        both("error as text", span().with(tag("error", "true")), "op {error=\"true\"}"),
        both(
            "code error",
            span().with(tag("otel.status_code", "error"), tag("otel.status_description", "d")),
            "op status=ERROR(d)"),
        both("code ok", span().with(tag("otel.status_code", "OK")), "op status=OK()"),
        both("code unset", span().with(tag("otel.status_code", "UNSET")), "op"),
        both(
            "junk code with description",
            span().with(tag("otel.status_code", "x"), tag("otel.status_description", "d")),
            "op status=UNSET(d)"),
        both(
            "description alone",
            span().with(tag("otel.status_description", "d")),
            "op {otel.status_description=\"d\"}"),
        http(99L, "", "status=ERROR() "),
        http(100L, "", ""),
        http(398L, "", ""),
        http(399L, "", "status=ERROR() "),
        http(404L, "client", "kind=CLIENT status=ERROR() "),
        http(404L, "server", "kind=SERVER "),
        http(404L, "consumer", "kind=CONSUMER status=ERROR() "),
        http(499L, "", "status=ERROR() "),
        http(500L, "server", "kind=SERVER status=ERROR() "),
        both(
            "HTTP status as text",
            span().with(tag("http.status_code", "503"), tag("http.status_message", "m")),
            "op status=ERROR(m) {http.status_code=\"503\" http.status_message=\"m\"}"),
        both(
            "HTTP status that is fine has no message",
            span().with(tag("http.status_code", 200L), tag("http.status_message", "m")),
            "op {http.status_code=200L http.status_message=\"m\"}"),
        both(
            "HTTP status that is no number",
            span().with(tag("http.status_code", "4xx")),
            "op {http.status_code=\"4xx\"}"),
        both(
            "HTTP status of another type",
            span().with(tag("http.status_code", 500.0)),
            "op {http.status_code=500.0}"));
  }

  private static Row http(long code, String kind, String stored) {
    Sample.Tag status = tag("http.status_code", code);
    Sample.Span sent =
        kind.isEmpty() ? span().with(status) : span().with(tag("span.kind", kind), status);
    String rule = "HTTP status " + code + " " + kind;
    return both(rule, sent, "op " + stored + "{http.status_code=" + code + "L}");
  }

  private static Stream<Row> parents() {
    Reference foreign = new Reference(true, 0, 1, 7);
    return Stream.of(
        both("child of", span().with(Reference.childOf(7)), "op parent=0000000000000007"),
        both(
            "follows from",
            span().with(Reference.followsFrom(7)),
            "op parent=0000000000000007" + link(7, "follows_from")),
        both(
            "child of before follows from",
            span().with(Reference.followsFrom(7), Reference.childOf(8)),
            "op parent=0000000000000008" + link(7, "follows_from")),
        both(
            "first child of",
            span().with(Reference.childOf(7), Reference.childOf(8)),
            "op parent=0000000000000007" + link(8, "child_of")),
        both(
            "another trace is no parent",
            span().with(foreign),
            "op link=00000000000000000000000000000001/0000000000000007"
                + "{opentracing.ref_type=\"child_of\"}"),
        both(
            "a child of the parent's id in another trace is no link",
            span().with(Reference.childOf(7), foreign),
            "op parent=0000000000000007"),
        only(
            Wire.THRIFT,
            "explicit parent",
            span().withParent(9, Reference.childOf(7)),
            "op parent=0000000000000009" + link(7, "child_of")),
        only(
            Wire.THRIFT,
            "explicit parent that is referenced too",
            span().withParent(9, Reference.childOf(9), Reference.followsFrom(9)),
            "op parent=0000000000000009" + link(9, "follows_from")));
  }

  private static String link(long span, String type) {
    return " link=%s/%016x{opentracing.ref_type=\"%s\"}".formatted(LINK_TRACE, span, type);
  }

  private static Stream<Row> logs() {
    return Stream.of(
        both(
            "log with an event",
            span().with(Log.of(3, tag("event", "e"), tag("n", 1L))),
            "op event=e@3000{n=1L}"),
        both("log without an event", span().with(Log.of(3, tag("n", 1L))), "op event=@3000{n=1L}"),
        both("log without fields", span().with(Log.of(3)), "op event=@3000{}"),
        both("event that is no text", span().with(Log.of(3, tag("event", 1L))), "op event=@3000{}"),
        both(
            "logs in order",
            span().with(Log.of(5, tag("event", "b")), Log.of(3, tag("event", "a"))),
            "op event=b@5000{} event=a@3000{}"));
  }

  private static Stream<Row> scopes() {
    Sample.Tag state = tag("w3c.tracestate", "a=1");
    Sample.Tag name = tag("otel.scope.name", "lib");
    Sample.Tag version = tag("otel.scope.version", "1");
    return Stream.of(
        only(Wire.PROTOBUF, "trace state", span().with(state), "op state=a=1"),
        only(Wire.THRIFT, "trace state", span().with(state), "op {w3c.tracestate=\"a=1\"}"),
        only(Wire.PROTOBUF, "scope", span().with(name, version), "op"),
        only(
            Wire.THRIFT,
            "scope",
            span().with(name, version),
            "op {otel.scope.name=\"lib\" otel.scope.version=\"1\"}"),
        only(
            Wire.PROTOBUF,
            "version without a scope",
            span().with(version),
            "op {otel.scope.version=\"1\"}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void storesWhatTheTableSays(Row row) throws Exception {
    for (Wire wire : row.wires()) {
      byte[] otlp =
          switch (wire) {
            case PROTOBUF -> JaegerProto.translate(ProtoEncoder.request(batch(row.sent())));
            case THRIFT ->
                JaegerThrift.translateBinary(
                    ThriftEncoder.binary(ThriftEncoder.batch(batch(row.sent()))));
          };
      ExportTraceServiceRequest stored = ExportTraceServiceRequest.parseFrom(otlp);
      assertThat(OtlpText.span(stored.getResourceSpans(0).getScopeSpans(0).getSpans(0)))
          .as("%s", wire)
          .isEqualTo(row.stored());
    }
  }
}
