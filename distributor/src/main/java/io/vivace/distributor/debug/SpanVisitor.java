package io.vivace.distributor.debug;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;

/// Sees every span of a request as an object: for looking, not for the way of all spans.
@FunctionalInterface
interface SpanVisitor {
  void visit(Resource resource, Span span);

  /// Shows `visitor` the spans of OTLP bytes that were validated before.
  static void visit(ByteString otlp, SpanVisitor visitor) {
    try {
      for (ResourceSpans resource : TracesData.parseFrom(otlp).getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          scope.getSpansList().forEach(span -> visitor.visit(resource.getResource(), span));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a request that was validated", e);
    }
  }
}
