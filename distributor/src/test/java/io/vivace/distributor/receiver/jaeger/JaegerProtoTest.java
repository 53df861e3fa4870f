package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.process;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
import static io.vivace.distributor.receiver.jaeger.Sample.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.jaegertracing.api_v2.Model;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpWriter;
import org.junit.jupiter.api.Test;

class JaegerProtoTest {
  @Test
  void keepsNanoseconds() throws Exception {
    Model.Span sent =
        ProtoEncoder.span(span()).toBuilder()
            .setStartTime(Timestamp.newBuilder().setSeconds(3).setNanos(999_999_999))
            .setDuration(Duration.newBuilder().setSeconds(1).setNanos(2))
            .build();
    Span stored = only(sent);
    assertThat(stored.getStartTimeUnixNano()).isEqualTo(3_999_999_999L);
    assertThat(stored.getEndTimeUnixNano()).isEqualTo(5_000_000_001L);
  }

  @Test
  void takesShortTraceIdsAsTheLowHalf() throws Exception {
    Model.Span sent =
        ProtoEncoder.span(span()).toBuilder().setTraceId(ProtoEncoder.id(0x0a0b)).build();
    assertThat(only(sent).getTraceId())
        .isEqualTo(ByteString.fromHex("00000000000000000000000000000a0b"));
  }

  @Test
  void putsSpansWithTheirOwnProcessUnderIt() throws Exception {
    byte[] otlp =
        translate(
            batch(
                process("shop"),
                span().of(process("cart", tag("a", "1"))),
                span(),
                span().of(process("cart", tag("a", "1"))),
                span().of(process("shop"))));
    ExportTraceServiceRequest stored = ExportTraceServiceRequest.parseFrom(otlp);
    assertThat(stored.getResourceSpansList())
        .extracting(resource -> resource.getScopeSpans(0).getSpansCount())
        .containsExactlyInAnyOrder(2, 2);
  }

  @Test
  void groupsSpansByScope() throws Exception {
    byte[] otlp =
        translate(
            batch(
                span().with(tag("otel.scope.name", "a"), tag("otel.scope.version", "1")),
                span().with(tag("otel.scope.name", "b")),
                span(),
                span().with(tag("otel.scope.name", "a"), tag("otel.scope.version", "1")),
                span().with(tag("otel.scope.name", "a"), tag("otel.scope.version", "2"))));
    ResourceSpans stored = ExportTraceServiceRequest.parseFrom(otlp).getResourceSpans(0);
    assertThat(stored.getScopeSpansList())
        .extracting(scope ->
            scope.getScope().getName()
                + "@"
                + scope.getScope().getVersion()
                + " "
                + scope.getSpansCount())
        .containsExactly("a@1 2", "b@ 1", "@ 1", "a@2 1");
  }

  @Test
  void dropsTheProcessWithoutAServiceThatOpenTelemetryNames() throws Exception {
    byte[] otlp = translate(batch(process("OTLPResourceNoServiceName", tag("a", "1")), span()));
    assertThat(OtlpText.resource(otlp)).isEqualTo("{}");
  }

  @Test
  void findsTheProcessOfABatchAfterItsSpans() throws Exception {
    OtlpWriter request = new OtlpWriter(256);
    int batch = request.begin(1);
    request.bytes(1, bytes(ProtoEncoder.span(span())), 0, bytes(ProtoEncoder.span(span())).length);
    int process = request.begin(2);
    request.string(1, "late");
    request.end(process);
    request.end(batch);
    assertThat(OtlpText.resource(JaegerProto.translate(request.toByteArray())))
        .isEqualTo("{service.name=\"late\"}");
  }

  @Test
  void leavesOutBlankSpansAndStoresNothingForEmptyBatches() throws Exception {
    assertThat(JaegerProto.translate(new byte[0])).isEmpty();
    assertThat(translate(batch())).isEmpty();
    assertThat(request(Model.Span.getDefaultInstance())).isEmpty();
  }

  @Test
  void gives1970ToASpanWithoutAStart() throws Exception {
    Model.Span sent = ProtoEncoder.span(span()).toBuilder().clearStartTime().build();
    assertThat(only(sent).getStartTimeUnixNano()).isZero();
  }

  @Test
  void skipsFieldsItDoesNotKnow() throws Exception {
    OtlpWriter unknown = new OtlpWriter(64);
    unknown.string(99, "future");
    Model.Span sent =
        ProtoEncoder.span(span()).toBuilder().mergeFrom(unknown.toByteArray()).build();
    assertThat(only(sent).getName()).isEqualTo("op");
  }

  @Test
  void refusesIdsOfOddLengths() {
    Model.Span.Builder sent = ProtoEncoder.span(span()).toBuilder();
    assertThatThrownBy(() -> request(sent.clone().setTraceId(ByteString.copyFromUtf8("x")).build()))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("trace id length: 1 (expected: 8 or 16 bytes)");
    assertThatThrownBy(
            () -> request(sent.clone().setSpanId(ByteString.copyFrom(new byte[16])).build()))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("span id length: 16 (expected: 8 bytes)");
  }

  @Test
  void refusesTimesOutOfRange() {
    Model.Span.Builder sent = ProtoEncoder.span(span()).toBuilder();
    assertThatThrownBy(() ->
            request(
                sent.clone().setStartTime(Timestamp.newBuilder().setNanos(1_000_000_000)).build()))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("timestamp: 0 s 1000000000 ns");
    assertThatThrownBy(() ->
            request(
                sent.clone().setDuration(Duration.newBuilder().setSeconds(1).setNanos(-1)).build()))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("duration: 1 s -1 ns");
  }

  @Test
  void refusesKnownFieldsOfAnotherWireType() {
    OtlpWriter request = new OtlpWriter(16);
    request.varint(1, 5);
    assertThatThrownBy(() -> JaegerProto.translate(request.toByteArray()))
        .isInstanceOf(MalformedOtlpException.class)
        .hasMessageStartingWith("wire type of field 1: 0");
  }

  private static byte[] translate(Sample.Batch batch) throws Exception {
    return JaegerProto.translate(ProtoEncoder.request(batch));
  }

  private static byte[] request(Model.Span span) throws Exception {
    return JaegerProto.translate(
        ProtoEncoder.request(Model.Batch.newBuilder().addSpans(span).build()));
  }

  private static Span only(Model.Span span) throws Exception {
    return ExportTraceServiceRequest.parseFrom(request(span))
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpans(0);
  }

  private static byte[] bytes(Model.Span span) {
    return span.toByteArray();
  }
}
