package io.vivace.frontend.http;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.tempopb.Trace;

/// Cuts a trace that is too large: keeps spans in their order, which is by start time, as long as
/// they fit. The same trace is always cut alike.
final class TraceCut {
  /// What a message inside a message costs beside its own bytes, at most.
  private static final int FIELD_BYTES = 6;

  private TraceCut() {}

  static Trace toSize(Trace trace, int maxBytes) {
    Trace.Builder cut = Trace.newBuilder();
    long left = maxBytes;
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      ResourceSpans.Builder keptResource = resource.toBuilder().clearScopeSpans();
      left -= keptResource.build().getSerializedSize() + FIELD_BYTES;
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ScopeSpans.Builder keptScope = scope.toBuilder().clearSpans();
        left -= keptScope.build().getSerializedSize() + FIELD_BYTES;
        for (Span span : scope.getSpansList()) {
          left -= span.getSerializedSize() + FIELD_BYTES;
          if (left < 0) {
            return keptScope.getSpansCount() == 0
                ? finish(cut, keptResource)
                : finish(cut, keptResource.addScopeSpans(keptScope));
          }
          keptScope.addSpans(span);
        }
        keptResource.addScopeSpans(keptScope);
      }
      cut.addResourceSpans(keptResource);
    }
    return cut.build();
  }

  private static Trace finish(Trace.Builder cut, ResourceSpans.Builder last) {
    return last.getScopeSpansCount() == 0 ? cut.build() : cut.addResourceSpans(last).build();
  }
}
