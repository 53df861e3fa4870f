package io.vivace.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.wire.tempopb.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts the pieces of one trace together: from replicas, from live data and blocks, from several
/// blocks.
///
/// A span that was met already is dropped. Spans are the same when id, kind, parent, name and both
/// times are equal: copies of one span agree in these wherever they come from, and no two different
/// spans do. Attributes are left out because a block may give them back in another order.
///
/// Equal resources become one group, equal scopes of a resource too, as blocks store them: they are
/// equal when they have the same attributes in whatever order (spec: rebatching). Everything is
/// sorted by start time, so equal input gives equal output whatever its order.
public final class TraceCombiner {
  private static final Comparator<Span> SPAN_ORDER =
      Comparator.<Span>comparingLong(span -> span.getStartTimeUnixNano() + Long.MIN_VALUE)
          .thenComparing(Span::getSpanId, ByteString.unsignedLexicographicalComparator())
          .thenComparingInt(Span::getKindValue)
          .thenComparing(Span::getName);

  private TraceCombiner() {}

  /// One trace with every span of `pieces` once, in which each resource, scope and status is
  /// present.
  public static Trace combine(List<Trace> pieces) {
    Set<SpanIdentity> seen = new HashSet<>();
    Map<ResourceIdentity, ResourceGroup> groups = new LinkedHashMap<>();
    for (Trace piece : pieces) {
      for (ResourceSpans resource : piece.getResourceSpansList()) {
        ResourceGroup group =
            groups.computeIfAbsent(
                ResourceIdentity.of(resource), identity -> new ResourceGroup(resource));
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          group.add(scope, seen);
        }
      }
    }
    List<ResourceSpans> resources = new ArrayList<>();
    for (ResourceGroup group : groups.values()) {
      ResourceSpans combined = group.build();
      if (combined.getScopeSpansCount() > 0) {
        resources.add(combined);
      }
    }
    resources.sort((a, b) -> SPAN_ORDER.compare(firstSpan(a), firstSpan(b)));
    return Trace.newBuilder().addAllResourceSpans(resources).build();
  }

  /// The scopes of equal resources and their spans.
  private static final class ResourceGroup {
    private final ResourceSpans first;
    private final Map<ScopeIdentity, ScopeGroup> scopes = new LinkedHashMap<>();

    ResourceGroup(ResourceSpans first) {
      this.first = first;
    }

    void add(ScopeSpans scope, Set<SpanIdentity> seen) {
      List<Span> spans =
          scopes
              .computeIfAbsent(
                  ScopeIdentity.of(scope), identity -> new ScopeGroup(scope, new ArrayList<>()))
              .spans();
      for (Span span : scope.getSpansList()) {
        if (seen.add(SpanIdentity.of(span))) {
          spans.add(withStatus(span));
        }
      }
    }

    ResourceSpans build() {
      List<ScopeSpans> built = new ArrayList<>(scopes.size());
      for (ScopeGroup group : scopes.values()) {
        if (!group.spans().isEmpty()) {
          group.spans().sort(SPAN_ORDER);
          built.add(
              group.first().toBuilder()
                  .setScope(group.first().getScope())
                  .clearSpans()
                  .addAllSpans(group.spans())
                  .build());
        }
      }
      built.sort((a, b) -> SPAN_ORDER.compare(a.getSpans(0), b.getSpans(0)));
      return first.toBuilder()
          .setResource(first.getResource())
          .clearScopeSpans()
          .addAllScopeSpans(built)
          .build();
    }
  }

  private record ScopeGroup(ScopeSpans first, List<Span> spans) {}

  private record ResourceIdentity(List<KeyValue> attributes) {
    static ResourceIdentity of(ResourceSpans resource) {
      return new ResourceIdentity(sorted(resource.getResource().getAttributesList()));
    }
  }

  private record ScopeIdentity(String name, String version, List<KeyValue> attributes) {
    static ScopeIdentity of(ScopeSpans scope) {
      return new ScopeIdentity(
          scope.getScope().getName(),
          scope.getScope().getVersion(),
          sorted(scope.getScope().getAttributesList()));
    }
  }

  private static List<KeyValue> sorted(List<KeyValue> attributes) {
    return attributes.stream().sorted(Comparator.comparing(KeyValue::getKey)).toList();
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
