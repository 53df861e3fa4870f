package io.vivace.distributor.receiver.zipkin;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The table of v1 spans read row by row over a tree of JSON, into objects.
final class SlowV1Translation {
  private static final Map<String, Integer> CORE =
      Map.of("cs", 3, "cr", 3, "ss", 2, "sr", 2, "ms", 4, "mr", 5);
  private static final Set<String> ADDRESSES = Set.of("sa", "ca", "ma");
  private static final Set<String> STATUS_KEYS =
      Set.of(
          "census.status_code",
          "census.status_description",
          "opencensus.status_description",
          "otel.status_code",
          "otel.status_description",
          "error");

  private final List<JsonNode> annotations = new ArrayList<>();
  private final List<JsonNode> binaryAnnotations = new ArrayList<>();

  private SlowV1Translation(JsonNode span) {
    span.path("annotations").forEach(annotations::add);
    span.path("binaryAnnotations").forEach(binaryAnnotations::add);
  }

  /// Translates a list of spans; a span without a time stays without one.
  static byte[] translate(byte[] json) {
    Map<Resource, ScopeSpans.Builder> groups = new LinkedHashMap<>();
    for (JsonNode node : JsonMapper.shared().readTree(json)) {
      SlowV1Translation span = new SlowV1Translation(node);
      groups
          .computeIfAbsent(span.resource(), key -> ScopeSpans.newBuilder())
          .addSpans(span.otlp(node));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    groups.forEach((resource, spans) ->
        request.addResourceSpansBuilder().setResource(resource).addScopeSpans(spans));
    return request.build().toByteArray();
  }

  private Resource resource() {
    JsonNode endpoint = coreEndpoint();
    String service = endpoint == null ? fallbackService() : text(endpoint, "serviceName");
    Resource.Builder resource =
        Resource.newBuilder()
            .addAttributes(string("service.name", service.isEmpty() ? "unknown-service" : service));
    if (endpoint != null) {
      for (String key : List.of("ipv4", "ipv6")) {
        if (!text(endpoint, key).isEmpty()) {
          resource.addAttributes(string(key, text(endpoint, key)));
        }
      }
      if (endpoint.path("port").asInt(0) != 0) {
        resource.addAttributes(string("port", Integer.toString(endpoint.path("port").asInt())));
      }
    }
    return resource.build();
  }

  /// The endpoint of the first core annotation that names a service.
  private @Nullable JsonNode coreEndpoint() {
    for (JsonNode annotation : annotations) {
      JsonNode endpoint = annotation.path("endpoint");
      if (CORE.containsKey(text(annotation, "value")) && !text(endpoint, "serviceName").isEmpty()) {
        return endpoint;
      }
    }
    return null;
  }

  private String fallbackService() {
    String service = "";
    for (JsonNode annotation : binaryAnnotations) {
      String named = text(annotation.path("endpoint"), "serviceName");
      service = isAddress(annotation) || named.isEmpty() ? service : named;
    }
    return service.isEmpty() && value("lc") != null ? String.valueOf(value("lc")) : service;
  }

  private Span otlp(JsonNode node) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(
                hex("0".repeat(32 - text(node, "traceId").length()) + text(node, "traceId")))
            .setSpanId(hex(text(node, "id")))
            .setParentSpanId(hex(text(node, "parentId")))
            .setName(text(node, "name"));
    boolean kindKnown = false;
    TreeMap<Long, Boolean> times = new TreeMap<>();
    for (JsonNode annotation : annotations) {
      long micros = annotation.path("timestamp").asLong(0);
      String value = text(annotation, "value");
      times.put(micros, true);
      if (!CORE.containsKey(value)) {
        span.addEventsBuilder().setTimeUnixNano(micros * 1000).setName(value);
      } else if (!kindKnown) {
        span.setKindValue(CORE.getOrDefault(value, 0));
        kindKnown = true;
      }
    }
    long start = node.path("timestamp").asLong(0);
    long end = start + node.path("duration").asLong(0);
    if (start == 0 && !times.isEmpty()) {
      start = times.firstKey();
      end = times.lastKey();
    }
    if (start == 0) {
      span.addAttributes(
          attribute(
              "otel.zipkin.absentField.startTime",
              AnyValue.newBuilder().setBoolValue(true).build()));
      end = 0;
    }
    span.setStartTimeUnixNano(start * 1000).setEndTimeUnixNano(end * 1000);
    attributes(span);
    return span.setStatus(status()).build();
  }

  private void attributes(Span.Builder span) {
    JsonNode peer = null;
    for (JsonNode annotation : binaryAnnotations) {
      String key = text(annotation, "key");
      if (!STATUS_KEYS.contains(key)) {
        JsonNode value = annotation.path("value");
        span.addAttributes(
            attribute(
                key.equals("lc") ? "component" : key,
                value.isBoolean()
                    ? AnyValue.newBuilder().setBoolValue(value.asBoolean()).build()
                    : AnyValue.newBuilder().setStringValue(value.asString()).build()));
      }
      peer = isAddress(annotation) ? annotation.path("endpoint") : peer;
    }
    if (peer != null) {
      peer(span, peer);
    }
  }

  private static void peer(Span.Builder span, JsonNode peer) {
    if (!text(peer, "serviceName").isEmpty()) {
      span.addAttributes(string("peer.service", text(peer, "serviceName")));
    }
    String ip = text(peer, "ipv6").isEmpty() ? text(peer, "ipv4") : text(peer, "ipv6");
    if (!ip.isEmpty()) {
      span.addAttributes(string("net.peer.ip", ip));
    }
    if (peer.path("port").asInt(0) > 0) {
      span.addAttributes(
          attribute(
              "net.peer.port",
              AnyValue.newBuilder().setIntValue(peer.path("port").asInt()).build()));
    }
  }

  /// The rows of the status that [RandomSpans] can meet: no numbers, so `error` alone tells it.
  private Status status() {
    Status.Builder status = Status.newBuilder();
    if (value("error") != null) {
      String message = value("otel.status_description");
      status
          .setCode(Status.StatusCode.STATUS_CODE_ERROR)
          .setMessage(message == null ? "" : message);
    }
    return status.build();
  }

  /// The value of the last binary annotation with this key.
  private @Nullable String value(String key) {
    String value = null;
    for (JsonNode annotation : binaryAnnotations) {
      value = text(annotation, "key").equals(key) ? text(annotation, "value") : value;
    }
    return value;
  }

  private static boolean isAddress(JsonNode annotation) {
    return ADDRESSES.contains(text(annotation, "key"))
        && annotation.path("value").isBoolean()
        && annotation.path("value").asBoolean();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static KeyValue string(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static ByteString hex(String digits) {
    return ByteString.copyFrom(HexFormat.of().parseHex(digits));
  }
}
