package io.vivace.ingester;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.tempopb.Trace;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Counts traces that are not whole when they go into a block (`tempo_warnings_total`): without a
/// root span, or with spans whose parents are not there. Source of the reasons: Tempo 2.9
/// `pkg/dataquality/warnings.go`.
final class TraceWarnings {
  static final String ROOTLESS = "rootless_trace_wal_to_complete";
  static final String DISCONNECTED = "disconnected_trace_wal_to_complete";

  private final MeterRegistry registry;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

  private record Key(String tenant, String reason) {}

  TraceWarnings(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Looks at a trace of `tenant`.
  void look(String tenant, Trace trace) {
    Set<ByteString> ids = new HashSet<>();
    Set<ByteString> parents = new HashSet<>();
    boolean rooted = false;
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          ids.add(span.getSpanId());
          if (isRoot(span)) {
            rooted = true;
          } else {
            parents.add(span.getParentSpanId());
          }
        }
      }
    }
    if (!rooted) {
      count(tenant, ROOTLESS);
    }
    if (!rooted || !ids.containsAll(parents)) {
      count(tenant, DISCONNECTED);
    }
  }

  private static boolean isRoot(Span span) {
    ByteString parent = span.getParentSpanId();
    for (int i = 0; i < parent.size(); i++) {
      if (parent.byteAt(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private void count(String tenant, String reason) {
    counters.computeIfAbsent(new Key(tenant, reason), this::register).increment();
  }

  private Counter register(Key key) {
    return Counter.builder("tempo_warnings")
        .tag("tenant", key.tenant())
        .tag("reason", key.reason())
        .register(registry);
  }
}
