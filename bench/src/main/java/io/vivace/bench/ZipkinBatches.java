package io.vivace.bench;

import com.google.protobuf.ByteString;
import io.vivace.distributor.receiver.opencensus.proto.AttributeValue;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.opencensus.proto.TruncatableString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;

/// The same spans as objects of Zipkin and as a message of OpenCensus: six tags each, traces of
/// twenty spans.
final class ZipkinBatches {
  private static final long TRACE_HIGH = 0x0102030405060708L;
  private static final int SPANS_PER_TRACE = 20;

  private ZipkinBatches() {}

  /// Spans with an annotation and two endpoints.
  ///
  /// @param request number of the request: no two have a trace in common
  static List<Span> zipkin(long request, int count) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spans.add(zipkin(trace(request, count, i), i + 1, i));
    }
    return spans;
  }

  /// A message with a node.
  static byte[] openCensus(long request, int count) {
    ExportTraceServiceRequest.Builder message = ExportTraceServiceRequest.newBuilder();
    message.getNodeBuilder().getServiceInfoBuilder().setName("shop");
    for (int i = 0; i < count; i++) {
      message.addSpans(openCensus(trace(request, count, i), i + 1, i));
    }
    return message.build().toByteArray();
  }

  private static long trace(long request, int count, int span) {
    return request * count + span / SPANS_PER_TRACE + 1;
  }

  private static Span zipkin(long trace, long id, int number) {
    Span.Builder span =
        Span.newBuilder()
            .traceId(TRACE_HIGH, trace)
            .id(id)
            .parentId(trace)
            .name("get /cart")
            .kind(Span.Kind.CLIENT)
            .timestamp(1_760_000_000_000_000L + number)
            .duration(1500)
            .localEndpoint(Endpoint.newBuilder().serviceName("shop").ip("10.1.2.3").build())
            .remoteEndpoint(
                Endpoint.newBuilder().serviceName("bank").ip("10.3.2.1").port(443).build())
            .addAnnotation(1_760_000_000_000_100L, "retry");
    for (int tag = 0; tag < 6; tag++) {
      span.putTag("http.tag" + tag, "value " + number);
    }
    return span.build();
  }

  private static io.vivace.distributor.receiver.opencensus.proto.Span openCensus(
      long trace, long id, int number) {
    io.vivace.distributor.receiver.opencensus.proto.Span.Builder span =
        io.vivace.distributor.receiver.opencensus.proto.Span.newBuilder()
            .setTraceId(ids(trace))
            .setSpanId(bytes(8, id))
            .setParentSpanId(bytes(8, trace))
            .setName(text("get /cart"))
            .setKind(io.vivace.distributor.receiver.opencensus.proto.Span.SpanKind.CLIENT);
    span.getStartTimeBuilder().setSeconds(1_760_000_000).setNanos(number);
    span.getEndTimeBuilder().setSeconds(1_760_000_001).setNanos(number);
    for (int tag = 0; tag < 6; tag++) {
      span.getAttributesBuilder()
          .putAttributeMap(
              "http.tag" + tag,
              AttributeValue.newBuilder().setStringValue(text("value " + number)).build());
    }
    return span.build();
  }

  private static TruncatableString text(String text) {
    return TruncatableString.newBuilder().setValue(text).build();
  }

  private static ByteString bytes(int length, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(length).putLong(value);
    return ByteString.copyFrom(bytes.array());
  }

  private static ByteString ids(long trace) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(TRACE_HIGH).putLong(trace).array());
  }
}
