package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;

/// What a block says of a trace as a whole: times and root.
///
/// @param start earliest start of a span in ns, unsigned; starts of 0 count as unknown
/// @param end latest end in ns, unsigned
/// @param rootService service of the root, empty when unknown
/// @param rootSpan name of the root, empty when unknown
/// @param spans number of spans
public record TraceSummary(long start, long end, String rootService, String rootSpan, int spans) {
  private static final String REFERENCE_TYPE = "opentracing.ref_type";

  /// Looks at all spans in the order in which they came: the root is the last one without a parent.
  public static TraceSummary of(TraceId id, Trace trace) {
    long start = 0;
    long end = 0;
    int count = 0;
    String rootService = "";
    String rootSpan = "";
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          long from = span.getStartTimeUnixNano();
          long to = span.getEndTimeUnixNano();
          start = start == 0 || Long.compareUnsigned(from, start) < 0 ? from : start;
          end = Long.compareUnsigned(to, end) > 0 ? to : end;
          count++;
          if (isRoot(id, span)) {
            // a root without a resource leaves both names empty, as in Tempo
            rootSpan = resource.hasResource() ? span.getName() : "";
            rootService = service(resource.getResource());
          }
        }
      }
    }
    return new TraceSummary(start, end, rootService, rootSpan, count);
  }

  private static boolean isRoot(TraceId id, Span span) {
    if (!span.getParentSpanId().isEmpty()) {
      return false;
    }
    for (Span.Link link : span.getLinksList()) {
      if (link.getTraceId().size() <= TraceId.BYTES
          && TraceId.of(link.getTraceId().toByteArray()).equals(id)) {
        for (KeyValue attribute : link.getAttributesList()) {
          if (attribute.getKey().equals(REFERENCE_TYPE)
              && attribute.getValue().getStringValue().equals("child_of")) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static String service(Resource resource) {
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals(FixedColumns.SERVICE_NAME)) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }
}
