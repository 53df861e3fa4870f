package io.vivace.distributor.receiver.jaeger;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The translation of the collector written down as plainly as possible: maps of objects, one
/// request part a span. The twin of the two fast ones.
final class SlowTranslation {
  private final boolean protobuf;

  /// @param protobuf whether the rules are those of protobuf, else those of Thrift
  SlowTranslation(boolean protobuf) {
    this.protobuf = protobuf;
  }

  ExportTraceServiceRequest translate(Sample.Batch batch) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (Sample.Span sample : batch.spans()) {
      Sample.Sender process =
          protobuf && sample.process() != null ? sample.process() : batch.process();
      Map<String, Object> tags = map(sample.tags());
      InstrumentationScope scope =
          protobuf ? scope(tags) : InstrumentationScope.getDefaultInstance();
      request.addResourceSpans(
          ResourceSpans.newBuilder()
              .setResource(resource(process))
              .addScopeSpans(ScopeSpans.newBuilder().setScope(scope).addSpans(span(sample, tags))));
    }
    return request.build();
  }

  private Resource resource(Sample.@Nullable Sender process) {
    if (process == null || protobuf && process.serviceName().equals("OTLPResourceNoServiceName")) {
      return Resource.getDefaultInstance();
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (!process.serviceName().isEmpty()) {
      attributes.put("service.name", process.serviceName());
    }
    attributes.putAll(map(process.tags()));
    if (attributes.containsKey("hostname") && !attributes.containsKey("host.name")) {
      attributes.put("host.name", attributes.remove("hostname"));
    }
    if (attributes.containsKey("jaeger.version")
        && !attributes.containsKey("opencensus.exporterversion")) {
      attributes.put(
          "opencensus.exporterversion", "Jaeger-" + text(attributes.remove("jaeger.version")));
    }
    return Resource.newBuilder().addAllAttributes(keyValues(attributes)).build();
  }

  private static InstrumentationScope scope(Map<String, Object> tags) {
    if (!tags.containsKey("otel.scope.name")) {
      return InstrumentationScope.getDefaultInstance();
    }
    String name = text(tags.remove("otel.scope.name"));
    String version = text(tags.remove("otel.scope.version"));
    return name.isEmpty()
        ? InstrumentationScope.getDefaultInstance()
        : InstrumentationScope.newBuilder().setName(name).setVersion(version).build();
  }

  private Span span(Sample.Span sample, Map<String, Object> tags) {
    long parent = parent(sample);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId(sample.traceIdHigh(), sample.traceIdLow()))
            .setSpanId(spanId(sample.spanId()))
            .setParentSpanId(spanId(parent))
            .setName(sample.name())
            .setStartTimeUnixNano(sample.startMicros() * 1000)
            .setEndTimeUnixNano((sample.startMicros() + sample.durationMicros()) * 1000);
    if (tags.containsKey("span.kind")) {
      span.setKind(kind(tags.remove("span.kind")));
    }
    status(tags, span);
    if (protobuf) {
      span.setTraceState(text(tags.remove("w3c.tracestate")));
    }
    span.addAllAttributes(keyValues(tags));
    for (Sample.Log log : sample.logs()) {
      Map<String, Object> fields = map(log.fields());
      String name = text(fields.remove("event"));
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(log.micros() * 1000)
              .setName(name)
              .addAllAttributes(keyValues(fields)));
    }
    for (Sample.Reference reference : sample.references()) {
      if (!(reference.childOf() && reference.spanId() == parent)) {
        span.addLinks(link(reference));
      }
    }
    return span.build();
  }

  private long parent(Sample.Span sample) {
    if (!protobuf && sample.parentSpanId() != 0) {
      return sample.parentSpanId();
    }
    List<Sample.Reference> sameTrace =
        sample.references().stream()
            .filter(reference ->
                reference.traceIdHigh() == sample.traceIdHigh()
                    && reference.traceIdLow() == sample.traceIdLow())
            .toList();
    return sameTrace.stream()
        .filter(Sample.Reference::childOf)
        .findFirst()
        .or(() -> sameTrace.stream().findFirst())
        .map(Sample.Reference::spanId)
        .orElse(0L);
  }

  private static Span.Link link(Sample.Reference reference) {
    return Span.Link.newBuilder()
        .setTraceId(traceId(reference.traceIdHigh(), reference.traceIdLow()))
        .setSpanId(spanId(reference.spanId()))
        .addAttributes(
            keyValue("opentracing.ref_type", reference.childOf() ? "child_of" : "follows_from"))
        .build();
  }

  private static Span.SpanKind kind(@Nullable Object name) {
    return switch (text(name)) {
      case "client" -> Span.SpanKind.SPAN_KIND_CLIENT;
      case "server" -> Span.SpanKind.SPAN_KIND_SERVER;
      case "producer" -> Span.SpanKind.SPAN_KIND_PRODUCER;
      case "consumer" -> Span.SpanKind.SPAN_KIND_CONSUMER;
      case "internal" -> Span.SpanKind.SPAN_KIND_INTERNAL;
      default -> Span.SpanKind.SPAN_KIND_UNSPECIFIED;
    };
  }

  private static void status(Map<String, Object> tags, Span.Builder span) {
    if (Boolean.TRUE.equals(tags.get("error"))) {
      tags.remove("error");
      tags.remove("otel.status_code");
      String message =
          tags.containsKey("otel.status_description")
              ? text(tags.remove("otel.status_description"))
              : text(tags.get("http.status_message"));
      setStatus(span, Status.StatusCode.STATUS_CODE_ERROR, message);
    } else if (tags.containsKey("otel.status_code")) {
      String code = text(tags.remove("otel.status_code")).toUpperCase(Locale.ROOT);
      setStatus(
          span,
          code.equals("OK")
              ? Status.StatusCode.STATUS_CODE_OK
              : code.equals("ERROR")
                  ? Status.StatusCode.STATUS_CODE_ERROR
                  : Status.StatusCode.STATUS_CODE_UNSET,
          text(tags.remove("otel.status_description")));
    } else if (httpError(tags.get("http.status_code"), span.getKind())) {
      setStatus(span, Status.StatusCode.STATUS_CODE_ERROR, text(tags.get("http.status_message")));
    }
  }

  private static boolean httpError(@Nullable Object value, Span.SpanKind kind) {
    long code;
    if (value instanceof Long number) {
      code = number;
    } else if (text(value).matches("[+-]?[0-9]{1,9}")) {
      code = Long.parseLong(text(value));
    } else {
      return false;
    }
    if (code >= 400 && code < 500 && kind == Span.SpanKind.SPAN_KIND_SERVER) {
      return false;
    }
    return code < 100 || code >= 399;
  }

  private static void setStatus(Span.Builder span, Status.StatusCode code, String message) {
    Status status = Status.newBuilder().setCode(code).setMessage(message).build();
    if (!status.equals(Status.getDefaultInstance())) {
      span.setStatus(status);
    }
  }

  private Map<String, Object> map(List<Sample.Tag> tags) {
    Map<String, Object> map = new LinkedHashMap<>();
    String unknown = "<Unknown Jaeger TagType \"" + (protobuf ? "77" : "<UNSET>") + "\">";
    tags.forEach(
        tag -> map.put(tag.key(), tag.value() == Sample.Unknown.TYPE ? unknown : tag.value()));
    return map;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private static List<KeyValue> keyValues(Map<String, Object> map) {
    return map.entrySet().stream()
        .map(entry -> keyValue(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static KeyValue keyValue(String key, Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    switch (value) {
      case String text -> any.setStringValue(text);
      case Boolean truth -> any.setBoolValue(truth);
      case Long number -> any.setIntValue(number);
      case Double number -> any.setDoubleValue(number);
      case byte[] bytes -> any.setBytesValue(ByteString.copyFrom(bytes));
      default -> throw new IllegalArgumentException("no value: " + value);
    }
    return KeyValue.newBuilder().setKey(key).setValue(any).build();
  }

  private static ByteString traceId(long high, long low) {
    return (high | low) == 0
        ? ByteString.EMPTY
        : ByteString.copyFrom(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
  }

  private static ByteString spanId(long id) {
    return id == 0 ? ByteString.EMPTY : ProtoEncoder.id(id);
  }
}
