package io.vivace.testkit;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.nio.ByteBuffer;

/// Small traces for tests.
public final class Traces {
  private Traces() {}

  /// A trace of one service with `spans` spans that start one millisecond apart.
  ///
  /// @param startSeconds when it starts, unix seconds
  public static Trace trace(TraceId id, String service, int spans, long startSeconds) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < spans; i++) {
      long start = startSeconds * 1_000_000_000L + i * 1_000_000L;
      Span.Builder span =
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(id.toBytes()))
              .setSpanId(spanId(i + 1))
              .setName("operation " + i)
              .setKind(Span.SpanKind.SPAN_KIND_SERVER)
              .setStartTimeUnixNano(start)
              .setEndTimeUnixNano(start + 500_000)
              .addAttributes(text("step", "step " + i));
      if (i > 0) {
        span.setParentSpanId(spanId(1));
      }
      scope.addSpans(span);
    }
    return Trace.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
                .addScopeSpans(scope))
        .build();
  }

  /// Number of spans of a trace.
  public static int spans(Trace trace) {
    return trace.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .mapToInt(ScopeSpans::getSpansCount)
        .sum();
  }

  private static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
