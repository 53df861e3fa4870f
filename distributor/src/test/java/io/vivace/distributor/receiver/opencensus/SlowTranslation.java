package io.vivace.distributor.receiver.opencensus;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.vivace.distributor.receiver.opencensus.proto.AttributeValue;
import io.vivace.distributor.receiver.opencensus.proto.Attributes;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.opencensus.proto.Node;
import io.vivace.distributor.receiver.opencensus.proto.Resource;
import io.vivace.distributor.receiver.opencensus.proto.Span;
import io.vivace.distributor.receiver.opencensus.proto.Span.TimeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The table of translation read row by row into objects: slow and easy to see through.
final class SlowTranslation {
  private static final Map<String, Integer> KINDS =
      Map.of("internal", 1, "producer", 4, "consumer", 5);
  private static final List<String> LANGUAGES =
      List.of(
          "", "cpp", "dotnet", "erlang", "go", "java", "nodejs", "php", "python", "ruby", "webjs");
  private static final List<String> MESSAGE_TYPES = List.of("TYPE_UNSPECIFIED", "SENT", "RECEIVED");

  private SlowTranslation() {}

  /// Every resource of the message with its spans; attributes of resources are in the order of
  /// their keys.
  static List<ResourceSpans> translate(ExportTraceServiceRequest message) {
    List<ResourceSpans> all = new ArrayList<>();
    List<Span> shared =
        message.getSpansList().stream().filter(span -> !span.hasResource()).toList();
    all.add(resource(message.getNode(), message.getResource(), shared));
    for (Span span : message.getSpansList()) {
      if (span.hasResource()) {
        all.add(resource(message.getNode(), span.getResource(), List.of(span)));
      }
    }
    return all;
  }

  private static ResourceSpans resource(Node node, Resource resource, List<Span> spans) {
    Map<String, AnyValue> attributes = new TreeMap<>();
    resource
        .getLabelsMap()
        .forEach((key, value) ->
            attributes.put(
                key.equals("cloud.zone") ? "cloud.availability_zone" : key, text(value)));
    put(attributes, "opencensus.resourcetype", resource.getType());
    node.getAttributesMap().forEach((key, value) -> attributes.put(key, text(value)));
    put(attributes, "service.name", node.getServiceInfo().getName());
    put(attributes, "host.name", node.getIdentifier().getHostName());
    if (node.getIdentifier().getPid() != 0) {
      attributes.put("process.pid", number(node.getIdentifier().getPid()));
    }
    put(attributes, "opencensus.exporterversion", node.getLibraryInfo().getExporterVersion());
    put(attributes, "telemetry.sdk.version", node.getLibraryInfo().getCoreLibraryVersion());
    put(
        attributes,
        "telemetry.sdk.language",
        LANGUAGES.get(node.getLibraryInfo().getLanguageValue()));
    return ResourceSpans.newBuilder()
        .setResource(
            io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                .addAllAttributes(list(attributes)))
        .addScopeSpans(
            ScopeSpans.newBuilder().addAllSpans(spans.stream().map(SlowTranslation::span).toList()))
        .build();
  }

  private static io.opentelemetry.proto.trace.v1.Span span(Span span) {
    Map<String, AttributeValue> attributes =
        new TreeMap<>(span.getAttributes().getAttributeMapMap());
    io.opentelemetry.proto.trace.v1.Span.Builder otlp =
        io.opentelemetry.proto.trace.v1.Span.newBuilder()
            .setTraceId(cut(span.getTraceId(), 16))
            .setSpanId(cut(span.getSpanId(), 8))
            .setTraceState(state(span.getTracestate()))
            .setName(span.getName().getValue())
            .setStartTimeUnixNano(nanos(span.getStartTime()))
            .setEndTimeUnixNano(nanos(span.getEndTime()))
            .setDroppedAttributesCount(span.getAttributes().getDroppedAttributesCount());
    ByteString parent = cut(span.getParentSpanId(), 8);
    if (!parent.equals(ByteString.copyFrom(new byte[8]))) {
      otlp.setParentSpanId(parent);
    }
    otlp.setKindValue(kind(span, attributes));
    otlp.setStatus(status(span, attributes));
    attributes.forEach((key, value) -> otlp.addAttributes(keyValue(key, any(value))));
    if (span.hasSameProcessAsParentSpan()) {
      otlp.addAttributes(
          keyValue(
              "opencensus.same_process_as_parent_span",
              AnyValue.newBuilder()
                  .setBoolValue(span.getSameProcessAsParentSpan().getValue())
                  .build()));
    }
    span.getTimeEvents().getTimeEventList().forEach(event -> otlp.addEvents(event(event)));
    otlp.setDroppedEventsCount(
        span.getTimeEvents().getDroppedAnnotationsCount()
            + span.getTimeEvents().getDroppedMessageEventsCount());
    span.getLinks().getLinkList().forEach(link -> otlp.addLinks(link(link)));
    return otlp.setDroppedLinksCount(span.getLinks().getDroppedLinksCount()).build();
  }

  private static int kind(Span span, Map<String, AttributeValue> attributes) {
    int kind = span.getKindValue();
    if (kind != 0) {
      return kind + 1;
    }
    AttributeValue told = attributes.get("span.kind");
    Integer found = told == null ? null : KINDS.get(told.getStringValue().getValue());
    if (found == null) {
      return 0;
    }
    attributes.remove("span.kind");
    return found;
  }

  private static io.opentelemetry.proto.trace.v1.Status status(
      Span span, Map<String, AttributeValue> attributes) {
    io.opentelemetry.proto.trace.v1.Status.Builder status =
        io.opentelemetry.proto.trace.v1.Status.newBuilder();
    if (!span.hasStatus()) {
      return status.build();
    }
    status.setMessage(span.getStatus().getMessage());
    if (span.getStatus().getCode() != 0) {
      status.setCode(StatusCode.STATUS_CODE_ERROR);
    }
    AttributeValue told = attributes.get("otel.status_code");
    if (told != null && told.hasIntValue()) {
      status.setCodeValue((int) told.getIntValue());
      attributes.remove("otel.status_code");
    }
    return status.build();
  }

  private static io.opentelemetry.proto.trace.v1.Span.Event event(TimeEvent event) {
    io.opentelemetry.proto.trace.v1.Span.Event.Builder otlp =
        io.opentelemetry.proto.trace.v1.Span.Event.newBuilder()
            .setTimeUnixNano(nanos(event.getTime()));
    switch (event.getValueCase()) {
      case ANNOTATION ->
          otlp.setName(event.getAnnotation().getDescription().getValue())
              .addAllAttributes(attributes(event.getAnnotation().getAttributes()))
              .setDroppedAttributesCount(
                  event.getAnnotation().getAttributes().getDroppedAttributesCount());
      case MESSAGE_EVENT -> {
        TimeEvent.MessageEvent message = event.getMessageEvent();
        otlp.setName("message")
            .addAttributes(
                keyValue("message.type", text(MESSAGE_TYPES.get(message.getTypeValue()))))
            .addAttributes(keyValue("messaging.message_id", number(message.getId())))
            .addAttributes(
                keyValue(
                    "messaging.message_payload_size_bytes", number(message.getUncompressedSize())))
            .addAttributes(
                keyValue(
                    "messaging.message_payload_compressed_size_bytes",
                    number(message.getCompressedSize())));
      }
      case VALUE_NOT_SET ->
          otlp.setName("An unknown OpenCensus TimeEvent type was detected when translating");
    }
    return otlp.build();
  }

  private static io.opentelemetry.proto.trace.v1.Span.Link link(Span.Link link) {
    return io.opentelemetry.proto.trace.v1.Span.Link.newBuilder()
        .setTraceId(cut(link.getTraceId(), 16))
        .setSpanId(cut(link.getSpanId(), 8))
        .setTraceState(state(link.getTracestate()))
        .addAllAttributes(attributes(link.getAttributes()))
        .setDroppedAttributesCount(link.getAttributes().getDroppedAttributesCount())
        .build();
  }

  private static List<KeyValue> attributes(Attributes attributes) {
    Map<String, AnyValue> values = new TreeMap<>();
    attributes.getAttributeMapMap().forEach((key, value) -> values.put(key, any(value)));
    return list(values);
  }

  private static AnyValue any(AttributeValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> text(value.getStringValue().getValue());
      case INT_VALUE -> number(value.getIntValue());
      case BOOL_VALUE -> AnyValue.newBuilder().setBoolValue(value.getBoolValue()).build();
      case DOUBLE_VALUE -> AnyValue.newBuilder().setDoubleValue(value.getDoubleValue()).build();
      case VALUE_NOT_SET -> text("<Unknown OpenCensus attribute value type>");
    };
  }

  /// Ids are aligned on the left: short ones get zeros behind them, long ones are cut.
  private static ByteString cut(ByteString id, int length) {
    return ByteString.copyFrom(Arrays.copyOf(id.toByteArray(), length));
  }

  private static String state(Span.Tracestate state) {
    return state.getEntriesList().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  private static long nanos(Timestamp time) {
    return time.getSeconds() * 1_000_000_000 + time.getNanos();
  }

  private static void put(Map<String, AnyValue> attributes, String key, String value) {
    if (!value.isEmpty()) {
      attributes.put(key, text(value));
    }
  }

  private static List<KeyValue> list(Map<String, AnyValue> attributes) {
    return attributes.entrySet().stream()
        .map(entry -> keyValue(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static KeyValue keyValue(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  private static AnyValue number(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }
}
