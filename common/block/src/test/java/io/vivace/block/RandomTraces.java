package io.vivace.block;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Random traces with everything a block keeps: all kinds of values, empty lists at every depth,
/// lone surrogates left out. No two resources or scopes of a trace are equal, so nothing is merged.
final class RandomTraces {
  private final Random random;
  private int serial;

  RandomTraces(long seed) {
    random = new Random(seed);
  }

  SortedMap<TraceId, Trace> traces(int count) {
    SortedMap<TraceId, Trace> traces = new TreeMap<>();
    while (traces.size() < count) {
      TraceId id = new TraceId(random.nextInt(4) == 0 ? 0 : random.nextLong(), random.nextLong());
      traces.put(id, trace(id));
    }
    return traces;
  }

  Trace trace(TraceId id) {
    Trace.Builder trace = Trace.newBuilder();
    int resources = 1 + random.nextInt(3);
    for (int i = 0; i < resources; i++) {
      trace.addResourceSpans(resource(id, i == 0));
    }
    return trace.build();
  }

  private ResourceSpans resource(TraceId id, boolean filled) {
    Resource.Builder resource =
        Resource.newBuilder()
            .addAllAttributes(attributes(Set.of("service.name", "cluster", "ded.res")))
            .addAttributes(attribute("unique", text("r" + serial++)))
            .setDroppedAttributesCount(random.nextInt(3));
    ResourceSpans.Builder spans = ResourceSpans.newBuilder().setResource(resource);
    int scopes = filled ? 1 + random.nextInt(2) : random.nextInt(3);
    for (int i = 0; i < scopes; i++) {
      spans.addScopeSpans(scope(id, filled));
    }
    return spans.build();
  }

  private ScopeSpans scope(TraceId id, boolean filled) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder()
            .setScope(
                InstrumentationScope.newBuilder()
                    .setName("scope" + serial++)
                    .setVersion(random.nextBoolean() ? "" : "1." + random.nextInt(3))
                    .addAllAttributes(attributes(Set.of())));
    int spans = filled ? 1 + random.nextInt(12) : random.nextInt(4);
    for (int i = 0; i < spans; i++) {
      scope.addSpans(span(id));
    }
    return scope.build();
  }

  private Span span(TraceId id) {
    long start = random.nextInt(20) == 0 ? 0 : 1_700_000_000_000_000_000L + random.nextInt();
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(id.toBytes()))
            .setSpanId(bytes(8))
            .setParentSpanId(random.nextInt(3) == 0 ? ByteString.EMPTY : bytes(8))
            .setName("op" + random.nextInt(30))
            .setKindValue(random.nextInt(6))
            .setTraceState(random.nextInt(5) == 0 ? "a=" + random.nextInt(9) : "")
            .setStartTimeUnixNano(start)
            .setEndTimeUnixNano(start + random.nextInt(1_000_000) - 1000)
            .setStatus(
                Status.newBuilder()
                    .setCodeValue(random.nextInt(3))
                    .setMessage(random.nextInt(6) == 0 ? "wrong\u00e4\ud83d\ude00" : ""))
            .addAllAttributes(
                attributes(Set.of("http.method", "http.url", "http.status_code", "ded.one")))
            .setDroppedAttributesCount(random.nextInt(2))
            .setDroppedEventsCount(random.nextInt(2))
            .setDroppedLinksCount(random.nextInt(2));
    for (int i = random.nextInt(4); i > 1; i--) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(start + random.nextInt(2000) - 500)
              .setName("event" + random.nextInt(3))
              .addAllAttributes(attributes(Set.of()))
              .setDroppedAttributesCount(random.nextInt(2)));
    }
    for (int i = random.nextInt(5); i > 3; i--) {
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(bytes(16))
              .setSpanId(bytes(8))
              .setTraceState(random.nextBoolean() ? "" : "x")
              .addAllAttributes(attributes(Set.of())));
    }
    return span.build();
  }

  /// Keys are distinct and sorted, since blocks keep neither the order nor all of equal ones.
  private List<KeyValue> attributes(Set<String> columns) {
    List<KeyValue> attributes = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String key = "k" + random.nextInt(12);
      if (used.add(key)) {
        attributes.add(attribute(key, value(2)));
      }
    }
    for (String key : columns) {
      if (random.nextBoolean()) {
        AnyValue value = random.nextInt(4) == 0 ? value(1) : text("v" + random.nextInt(5));
        boolean lost = key.equals("service.name") && value.equals(text(""));
        if (!lost) {
          attributes.add(attribute(key, value));
        }
      }
    }
    return attributes;
  }

  private AnyValue value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> value.setStringValue(random.nextInt(9) == 0 ? "" : "s" + random.nextInt(50));
      case 1 -> value.setIntValue(random.nextBoolean() ? random.nextLong() : random.nextInt(9));
      case 2 -> value.setDoubleValue(number());
      case 3 -> value.setBoolValue(random.nextBoolean());
      case 4 -> value.setBytesValue(bytes(random.nextInt(5)));
      case 5 -> {}
      case 6 -> value.setArrayValue(array(depth - 1));
      case 7 -> value.setArrayValue(uniform());
      default -> {
        KeyValueList.Builder list = KeyValueList.newBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.addValues(attribute("m" + i, value(depth - 1)));
        }
        value.setKvlistValue(list);
      }
    }
    return value.build();
  }

  private double number() {
    return switch (random.nextInt(6)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> 0.0;
      default -> random.nextInt(1000) / 8.0;
    };
  }

  private ArrayValue array(int depth) {
    ArrayValue.Builder array = ArrayValue.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.addValues(value(depth));
    }
    return array.build();
  }

  private ArrayValue uniform() {
    ArrayValue.Builder array = ArrayValue.newBuilder();
    boolean texts = random.nextBoolean();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      array.addValues(
          texts ? text("e" + i) : AnyValue.newBuilder().setIntValue(random.nextInt()).build());
    }
    return array.build();
  }

  private ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
