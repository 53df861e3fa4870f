package io.vivace.frontend.query;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.tempopb.Trace;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Zipkin lets the client's and the server's span of one call share an id. Clients of the read API
/// get a tree: the server span has a new id and the client span as its parent, and the children of
/// the shared id that are not client spans' siblings hang below the server span.
public final class SharedSpanIds {
  private SharedSpanIds() {}

  /// `trace` with an id of its own for every server span that shared one with a client span.
  public static Trace separate(Trace trace) {
    Set<ByteString> ids = new HashSet<>();
    Set<ByteString> clients = new HashSet<>();
    Set<ByteString> servers = new HashSet<>();
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          ids.add(span.getSpanId());
          switch (span.getKind()) {
            case SPAN_KIND_CLIENT -> clients.add(span.getSpanId());
            case SPAN_KIND_SERVER -> servers.add(span.getSpanId());
            default -> {}
          }
        }
      }
    }
    servers.retainAll(clients);
    if (servers.isEmpty()) {
      return trace;
    }
    return new Renaming(ids, servers).apply(trace);
  }

  private static final class Renaming {
    private final Set<ByteString> used;
    private final Set<ByteString> shared;
    private final Map<ByteString, ByteString> renamed = new HashMap<>();
    private long next = 1;

    Renaming(Set<ByteString> used, Set<ByteString> shared) {
      this.used = used;
      this.shared = shared;
    }

    Trace apply(Trace trace) {
      Trace.Builder result = trace.toBuilder();
      for (ResourceSpans.Builder resource : result.getResourceSpansBuilderList()) {
        for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
          for (Span.Builder span : scope.getSpansBuilderList()) {
            if (span.getKind() == Span.SpanKind.SPAN_KIND_SERVER
                && shared.contains(span.getSpanId())) {
              ByteString old = span.getSpanId();
              span.setSpanId(renamed.computeIfAbsent(old, id -> unused())).setParentSpanId(old);
            }
          }
        }
      }
      for (ResourceSpans.Builder resource : result.getResourceSpansBuilderList()) {
        for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
          for (Span.Builder span : scope.getSpansBuilderList()) {
            ByteString parent = renamed.get(span.getParentSpanId());
            if (parent != null && !parent.equals(span.getSpanId())) {
              span.setParentSpanId(parent);
            }
          }
        }
      }
      return result.build();
    }

    private ByteString unused() {
      while (true) {
        ByteString id = ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(next++).flip());
        if (used.add(id)) {
          return id;
        }
      }
    }
  }
}
