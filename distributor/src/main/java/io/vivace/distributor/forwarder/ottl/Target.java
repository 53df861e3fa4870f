package io.vivace.distributor.forwarder.ottl;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;

/// What a condition is asked about.
///
/// @param resource where the span comes from
/// @param span the span
/// @param event the event of the span that is meant; an empty one in conditions over spans
public record Target(Resource resource, Span span, Span.Event event) {
  /// A span as a whole.
  public static Target of(Resource resource, Span span) {
    return new Target(resource, span, Span.Event.getDefaultInstance());
  }
}
