package io.vivace.distributor.debug;

import com.google.protobuf.UnsafeByteOperations;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.distributor.PushListener;
import io.vivace.service.config.DistributorConfig.MetricSpansConfig;
import io.vivace.wire.otlp.OtlpBatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts spans by name and service (`metric_received_spans`). Clients choose the names, therefore
/// there are at most [#MAX_SERIES] counters; further spans have `__overflow__` for both labels.
public final class ReceivedSpanCounter implements PushListener {
  /// Most pairs of name and service, of all tenants together.
  public static final int MAX_SERIES = 10_000;

  private static final String OVERFLOW = "__overflow__";

  private final boolean rootOnly;
  private final int maxSeries;
  private final MeterRegistry registry;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

  private record Key(String tenant, String name, String service) {}

  /// A counter of what `config` asks for.
  public ReceivedSpanCounter(MetricSpansConfig config, int maxSeries, MeterRegistry registry) {
    this.rootOnly = config.rootOnly();
    this.maxSeries = maxSeries;
    this.registry = registry;
  }

  @Override
  public void received(String tenant, OtlpBatch batch) {
    SpanVisitor.visit(
        UnsafeByteOperations.unsafeWrap(batch.bytes()),
        (resource, span) -> count(tenant, resource, span));
  }

  private void count(String tenant, Resource resource, Span span) {
    if (rootOnly && !span.getParentSpanId().isEmpty()) {
      return;
    }
    Key key = new Key(tenant, span.getName(), service(resource));
    boolean full = counters.size() >= maxSeries && !counters.containsKey(key);
    counters
        .computeIfAbsent(full ? new Key(tenant, OVERFLOW, OVERFLOW) : key, this::register)
        .increment();
  }

  private Counter register(Key key) {
    return Counter.builder("tempo_distributor_debug_spans_received")
        .tag("tenant", key.tenant())
        .tag("name", key.name())
        .tag("service", key.service())
        .register(registry);
  }

  private static String service(Resource resource) {
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals("service.name")) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }
}
