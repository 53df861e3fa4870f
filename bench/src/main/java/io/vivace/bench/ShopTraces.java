package io.vivace.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Synthetic traffic of a shop: 40 services, about twenty spans a trace, eight attributes a span,
/// six a resource, an event on every fortieth span. The same for the same seed.
final class ShopTraces {
  private static final long START = 1_700_000_000_000_000_000L;
  private final Random random;

  ShopTraces(long seed) {
    random = new Random(seed);
  }

  SortedMap<TraceId, Trace> traces(int count) {
    SortedMap<TraceId, Trace> traces = new TreeMap<>();
    while (traces.size() < count) {
      TraceId id = new TraceId(random.nextLong(), random.nextLong());
      traces.put(id, trace(id));
    }
    return traces;
  }

  static long spans(Map<TraceId, Trace> traces) {
    return traces.values().stream()
        .flatMap(trace -> trace.getResourceSpansList().stream())
        .mapToLong(resource -> resource.getScopeSpans(0).getSpansCount())
        .sum();
  }

  private Trace trace(TraceId id) {
    ByteString traceId = ByteString.copyFrom(id.toBytes());
    Trace.Builder trace = Trace.newBuilder();
    ByteString parent = ByteString.EMPTY;
    for (int r = 1 + random.nextInt(6); r > 0; r--) {
      int service = (int) Math.abs(random.nextGaussian() * 10) % 40;
      ScopeSpans.Builder spans =
          ScopeSpans.newBuilder()
              .setScope(InstrumentationScope.newBuilder().setName("lib").setVersion("1.4.2"));
      for (int s = 1 + random.nextInt(10); s > 0; s--) {
        Span span = span(traceId, parent, service);
        spans.addSpans(span);
        parent = span.getSpanId();
      }
      trace.addResourceSpans(
          ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(spans));
    }
    return trace.build();
  }

  private Resource resource(int service) {
    return Resource.newBuilder()
        .addAttributes(text("service.name", "service-" + service))
        .addAttributes(text("k8s.namespace.name", "shop-" + service % 5))
        .addAttributes(text("k8s.pod.name", "service-" + service + "-" + random.nextInt(6)))
        .addAttributes(text("host.name", "node-" + random.nextInt(30)))
        .addAttributes(text("telemetry.sdk.language", service % 2 == 0 ? "java" : "go"))
        .addAttributes(text("service.version", "2." + service % 7))
        .build();
  }

  private Span span(ByteString traceId, ByteString parent, int service) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    long start = START + (random.nextLong() & 0xffffffffffL);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId)
            .setSpanId(ByteString.copyFrom(id))
            .setParentSpanId(parent)
            .setName("operation-" + service + "-" + random.nextInt(12))
            .setKindValue(1 + random.nextInt(5))
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + random.nextInt(50_000_000))
            .setStatus(Status.newBuilder().setCodeValue(random.nextInt(40) == 0 ? 2 : 0))
            .addAttributes(text("http.method", random.nextBoolean() ? "GET" : "POST"))
            .addAttributes(text("http.url", "https://shop/item/" + random.nextInt(5000)))
            .addAttributes(number("http.status_code", random.nextInt(30) == 0 ? 500 : 200))
            .addAttributes(text("thread.name", "worker-" + random.nextInt(32)))
            .addAttributes(text("request.id", Long.toHexString(random.nextLong())))
            .addAttributes(number("response.size", random.nextInt(100_000)))
            .addAttributes(text("customer.tier", "tier-" + random.nextInt(4)))
            .addAttributes(
                KeyValue.newBuilder()
                    .setKey("cache.hit")
                    .setValue(AnyValue.newBuilder().setBoolValue(random.nextBoolean()))
                    .build());
    if (random.nextInt(40) == 0) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(start + 1000)
              .setName("exception")
              .addAttributes(text("exception.type", "java.io.IOException")));
    }
    return span.build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
