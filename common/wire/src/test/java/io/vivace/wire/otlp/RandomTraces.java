package io.vivace.wire.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.random.RandomGenerator;

/// Random export requests of every shape that OTLP allows.
final class RandomTraces {
  private final RandomGenerator random;

  RandomTraces(RandomGenerator random) {
    this.random = random;
  }

  ExportTraceServiceRequest request() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      ResourceSpans.Builder resource = ResourceSpans.newBuilder();
      if (random.nextInt(5) > 0) {
        resource.setResource(
            Resource.newBuilder().addAttributes(attribute()).addAttributes(attribute()));
      }
      if (random.nextInt(3) == 0) {
        resource.setSchemaUrl("https://schema/" + random.nextInt(3));
      }
      for (int j = random.nextInt(4); j > 0; j--) {
        resource.addScopeSpans(scope());
      }
      request.addResourceSpans(resource);
    }
    return request.build();
  }

  private ScopeSpans scope() {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    if (random.nextBoolean()) {
      scope.setScope(InstrumentationScope.newBuilder().setName("library" + random.nextInt(2)));
    }
    if (random.nextInt(4) == 0) {
      scope.setSchemaUrl("https://schema/" + random.nextInt(3));
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      scope.addSpans(span());
    }
    return scope.build();
  }

  private Span span() {
    byte[] id = new byte[8];
    random.nextBytes(id);
    id[0] = 1;
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId())
            .setSpanId(ByteString.copyFrom(id))
            .setName("operation " + random.nextInt(20))
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(random.nextLong())
            .setEndTimeUnixNano(random.nextLong());
    for (int i = random.nextInt(5); i > 0; i--) {
      span.addAttributes(attribute());
    }
    if (random.nextInt(4) == 0) {
      span.addEvents(
          Span.Event.newBuilder()
              .setName("event")
              .setTimeUnixNano(random.nextLong())
              .addAttributes(attribute()));
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(traceId())
              .setSpanId(ByteString.copyFrom(id))
              .addAttributes(attribute()));
      span.setStatus(
          Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("größer"));
      span.setParentSpanId(ByteString.copyFrom(id));
    }
    return span.build();
  }

  private ByteString traceId() {
    byte[] id = new byte[16];
    id[0] = (byte) (1 + random.nextInt(3));
    id[15] = (byte) random.nextInt(3);
    return ByteString.copyFrom(id);
  }

  private KeyValue attribute() {
    return KeyValue.newBuilder()
        .setKey("key" + random.nextInt(10))
        .setValue(value(random.nextInt(8), 0))
        .build();
  }

  private AnyValue value(int kind, int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    switch (kind) {
      case 0 -> value.setStringValue("värde".repeat(random.nextInt(8)));
      case 1 -> value.setBoolValue(random.nextBoolean());
      case 2 -> value.setIntValue(random.nextLong());
      case 3 -> value.setDoubleValue(random.nextDouble());
      case 4 -> value.setBytesValue(ByteString.copyFromUtf8("bytes"));
      case 5 -> {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (int i = random.nextInt(3); i > 0 && depth < 4; i--) {
          array.addValues(value(random.nextInt(8), depth + 1));
        }
        value.setArrayValue(array);
      }
      default -> {}
    }
    return value.build();
  }
}
