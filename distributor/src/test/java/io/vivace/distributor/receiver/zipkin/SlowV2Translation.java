package io.vivace.distributor.receiver.zipkin;

import com.google.common.base.Splitter;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import zipkin2.Annotation;
import zipkin2.Endpoint;

/// The table of v2 spans written down with objects, as slow as it is plain. Texts between bars are
/// those of [RandomSpans].
final class SlowV2Translation {
  private SlowV2Translation() {}

  static byte[] translate(List<zipkin2.Span> spans) {
    Map<String, Map<String, ScopeSpans.Builder>> services = new TreeMap<>();
    Map<String, Map<String, Resource>> resources = new TreeMap<>();
    for (zipkin2.Span span : spans) {
      Map<String, String> tags = new LinkedHashMap<>(span.tags());
      String service = span.localServiceName() == null ? "" : span.localServiceName();
      String library = tags.getOrDefault("otel.library.name", "");
      resources
          .computeIfAbsent(service, _ -> new TreeMap<>())
          .putIfAbsent(library, resource(service, tags));
      ScopeSpans.Builder scope =
          services
              .computeIfAbsent(service, _ -> new TreeMap<>())
              .computeIfAbsent(library, _ -> scope(library, tags));
      tags.keySet().removeAll(ResourceTags.NAMES);
      tags.remove("otlp.service.name.source");
      tags.remove("otel.library.name");
      tags.remove("otel.library.version");
      scope.addSpans(span(span, tags));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    services.forEach((service, scopes) -> {
      ResourceSpans.Builder resourceSpans = request.addResourceSpansBuilder();
      resourceSpans.setResource(
          Objects.requireNonNull(resources.get(service)).values().iterator().next());
      scopes.values().forEach(resourceSpans::addScopeSpans);
    });
    return request.build().toByteArray();
  }

  private static Resource resource(String service, Map<String, String> tags) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (!service.isEmpty()) {
      String source = tags.getOrDefault("otlp.service.name.source", "");
      String name = source.isEmpty() ? "service.name" : source;
      if (!(ResourceTags.NAMES.contains(name) && tags.containsKey(name))) {
        attributes.put(name, service);
      }
      tags.forEach((key, value) -> {
        if (ResourceTags.NAMES.contains(key)) {
          attributes.put(key, value);
        }
      });
    }
    Resource.Builder resource = Resource.newBuilder();
    attributes.forEach((key, value) -> resource.addAttributes(text(key, value)));
    return resource.build();
  }

  private static ScopeSpans.Builder scope(String library, Map<String, String> tags) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    scope
        .getScopeBuilder()
        .setName(library)
        .setVersion(tags.getOrDefault("otel.library.version", ""));
    return scope;
  }

  private static Span span(zipkin2.Span from, Map<String, String> tags) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(hex("0".repeat(32 - from.traceId().length()) + from.traceId()))
            .setSpanId(hex(from.id()))
            .setName(from.name() == null ? "" : from.name())
            .setStartTimeUnixNano(from.timestampAsLong() * 1000)
            .setEndTimeUnixNano((from.timestampAsLong() + from.durationAsLong()) * 1000);
    if (from.parentId() != null) {
      span.setParentSpanId(hex(from.parentId()));
    }
    String state = tags.remove("w3c.tracestate");
    span.setTraceState(state == null ? "" : state);
    if (from.kind() != null) {
      span.setKind(Span.SpanKind.valueOf("SPAN_KIND_" + from.kind()));
    } else if ("internal".equals(tags.remove("span.kind"))) {
      span.setKind(Span.SpanKind.SPAN_KIND_INTERNAL);
    }
    span.setStatus(status(tags));
    links(span, tags);
    tags.forEach((key, value) -> span.addAttributes(text(key, value)));
    endpoint(span, from.localEndpoint(), "", "net.host");
    endpoint(span, from.remoteEndpoint(), "peer.service", "net.peer");
    if (from.timestampAsLong() == 0) {
      span.addAttributes(
          value("otel.zipkin.absentField.startTime", AnyValue.newBuilder().setBoolValue(true)));
    }
    from.annotations().forEach(annotation -> span.addEvents(event(annotation)));
    return span.build();
  }

  private static Status status(Map<String, String> tags) {
    Status.Builder status = Status.newBuilder();
    String code = tags.remove("otel.status_code");
    if (code != null) {
      status.setCode(
          code.equals("Ok")
              ? Status.StatusCode.STATUS_CODE_OK
              : code.equals("STATUS_CODE_ERROR")
                  ? Status.StatusCode.STATUS_CODE_ERROR
                  : Status.StatusCode.STATUS_CODE_UNSET);
      String description = tags.remove("otel.status_description");
      status.setMessage(description == null ? "" : description);
    }
    if (tags.containsKey("error")) {
      status.setCode(Status.StatusCode.STATUS_CODE_ERROR);
      tags.remove("error", "true");
    }
    return status.build();
  }

  private static void links(Span.Builder span, Map<String, String> tags) {
    for (int i = 0; tags.containsKey("otlp.link." + i); i++) {
      if (Objects.requireNonNull(tags.remove("otlp.link." + i)).contains("|")) {
        span.addLinksBuilder()
            .setTraceId(hex("000102030405060708090a0b0c0d0e0f"))
            .setSpanId(hex("0001020304050607"))
            .setTraceState("a=b")
            .addAttributes(value("n", AnyValue.newBuilder().setIntValue(1)))
            .setDroppedAttributesCount(2);
      }
    }
  }

  private static void endpoint(
      Span.Builder span, @Nullable Endpoint endpoint, String serviceKey, String prefix) {
    if (endpoint == null) {
      return;
    }
    if (!serviceKey.isEmpty() && endpoint.serviceName() != null) {
      span.addAttributes(text(serviceKey, endpoint.serviceName()));
    }
    String ip = endpoint.ipv6() != null ? endpoint.ipv6() : endpoint.ipv4();
    if (ip != null) {
      span.addAttributes(text(prefix + ".ip", ip));
    }
    if (endpoint.portAsInt() > 0) {
      span.addAttributes(
          value(prefix + ".port", AnyValue.newBuilder().setIntValue(endpoint.portAsInt())));
    }
  }

  private static Span.Event event(Annotation annotation) {
    Span.Event.Builder event =
        Span.Event.newBuilder().setTimeUnixNano(annotation.timestamp() * 1000);
    List<String> parts = Splitter.on('|').splitToList(annotation.value());
    event.setName(parts.getFirst());
    if (parts.size() == 3) {
      event
          .addAttributes(text("k", "v"))
          .addAttributes(value("i", AnyValue.newBuilder().setIntValue(2)))
          .addAttributes(value("f", AnyValue.newBuilder().setDoubleValue(0.5)))
          .addAttributes(value("b", AnyValue.newBuilder().setBoolValue(true)))
          .setDroppedAttributesCount(1);
    }
    return event.build();
  }

  private static KeyValue text(String key, String value) {
    return value(key, AnyValue.newBuilder().setStringValue(value));
  }

  private static KeyValue value(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static ByteString hex(String digits) {
    return ByteString.copyFrom(HexFormat.of().parseHex(digits));
  }
}
