package io.vivace.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.wire.tempopb.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Puts the pieces of one trace together: from replicas, from live data and blocks, from several
/// blocks.
///
/// A span that was met already is dropped. Spans are the same when id, kind, parent, name and both
/// times are equal: copies of one span agree in these wherever they come from, and no two different
/// spans do. Attributes are left out because a block may give them back in another order. The
/// result is sorted by start time, so equal input gives equal output whatever its order.
public final class TraceCombiner {
  private static final Comparator<Span> SPAN_ORDER =
      Comparator.<Span>comparingLong(span -> span.getStartTimeUnixNano() + Long.MIN_VALUE)
          .thenComparing(Span::getSpanId, ByteString.unsignedLexicographicalComparator())
          .thenComparingInt(Span::getKindValue)
          .thenComparing(Span::getName);

  private TraceCombiner() {}

  /// One trace with every span of `pieces` once, in which each resource, scope and status is
  /// present. Groups of spans stay as they are: equal resources of two pieces are not merged.
  public static Trace combine(List<Trace> pieces) {
    Set<SpanIdentity> seen = new HashSet<>();
    List<ResourceSpans> resources = new ArrayList<>();
    for (Trace piece : pieces) {
      for (ResourceSpans resource : piece.getResourceSpansList()) {
        ResourceSpans kept = withoutSeen(resource, seen);
        if (kept.getScopeSpansCount() > 0) {
          resources.add(kept);
        }
      }
    }
    resources.sort((a, b) -> SPAN_ORDER.compare(firstSpan(a), firstSpan(b)));
    return Trace.newBuilder().addAllResourceSpans(resources).build();
  }

  private static ResourceSpans withoutSeen(ResourceSpans resource, Set<SpanIdentity> seen) {
    List<ScopeSpans> scopes = new ArrayList<>(resource.getScopeSpansCount());
    for (ScopeSpans scope : resource.getScopeSpansList()) {
      List<Span> spans = new ArrayList<>(scope.getSpansCount());
      for (Span span : scope.getSpansList()) {
        if (seen.add(SpanIdentity.of(span))) {
          spans.add(withStatus(span));
        }
      }
      if (!spans.isEmpty()) {
        spans.sort(SPAN_ORDER);
        scopes.add(
            scope.toBuilder()
                .setScope(
                    scope.hasScope() ? scope.getScope() : InstrumentationScope.getDefaultInstance())
                .clearSpans()
                .addAllSpans(spans)
                .build());
      }
    }
    scopes.sort((a, b) -> SPAN_ORDER.compare(a.getSpans(0), b.getSpans(0)));
    return resource.toBuilder()
        .setResource(
            resource.hasResource() ? resource.getResource() : Resource.getDefaultInstance())
        .clearScopeSpans()
        .addAllScopeSpans(scopes)
        .build();
  }

  private static Span withStatus(Span span) {
    return span.hasStatus()
        ? span
        : span.toBuilder().setStatus(Status.getDefaultInstance()).build();
  }

  private static Span firstSpan(ResourceSpans resource) {
    return resource.getScopeSpans(0).getSpans(0);
  }

  private record SpanIdentity(
      ByteString id, ByteString parent, String name, int kind, long start, long end) {
    static SpanIdentity of(Span span) {
      return new SpanIdentity(
          span.getSpanId(),
          span.getParentSpanId(),
          span.getName(),
          span.getKindValue(),
          span.getStartTimeUnixNano(),
          span.getEndTimeUnixNano());
    }
  }
}
