package io.vivace.distributor.forwarder;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.distributor.forwarder.ottl.Condition;
import io.vivace.distributor.forwarder.ottl.Target;
import java.util.List;

/// Drops the spans and the span events that fulfil one of the conditions, and the scopes and
/// resources that are empty then.
///
/// @param spans conditions over spans
/// @param events conditions over events of spans that are kept
record SpanFilter(List<Condition> spans, List<Condition> events) {
  private static final byte[] NOTHING = {};

  /// What is left of a request; empty when nothing is.
  ///
  /// @throws InvalidProtocolBufferException when `otlp` is no export request
  byte[] apply(byte[] otlp) throws InvalidProtocolBufferException {
    if (spans.isEmpty() && events.isEmpty()) {
      return otlp;
    }
    ExportTraceServiceRequest.Builder kept = ExportTraceServiceRequest.newBuilder();
    for (ResourceSpans resource :
        ExportTraceServiceRequest.parseFrom(otlp).getResourceSpansList()) {
      ResourceSpans filtered = resource(resource);
      if (filtered.getScopeSpansCount() > 0) {
        kept.addResourceSpans(filtered);
      }
    }
    return kept.getResourceSpansCount() == 0 ? NOTHING : kept.build().toByteArray();
  }

  private ResourceSpans resource(ResourceSpans resource) {
    ResourceSpans.Builder kept = resource.toBuilder().clearScopeSpans();
    for (ScopeSpans scope : resource.getScopeSpansList()) {
      ScopeSpans.Builder spansOfScope = scope.toBuilder().clearSpans();
      for (Span span : scope.getSpansList()) {
        if (!matches(spans, Target.of(resource.getResource(), span))) {
          spansOfScope.addSpans(span(resource.getResource(), span));
        }
      }
      if (spansOfScope.getSpansCount() > 0) {
        kept.addScopeSpans(spansOfScope);
      }
    }
    return kept.build();
  }

  private Span span(Resource resource, Span span) {
    if (events.isEmpty() || span.getEventsCount() == 0) {
      return span;
    }
    Span.Builder kept = span.toBuilder().clearEvents();
    for (Span.Event event : span.getEventsList()) {
      if (!matches(events, new Target(resource, span, event))) {
        kept.addEvents(event);
      }
    }
    return kept.build();
  }

  private static boolean matches(List<Condition> conditions, Target target) {
    for (Condition condition : conditions) {
      if (condition.matches(target)) {
        return true;
      }
    }
    return false;
  }
}
