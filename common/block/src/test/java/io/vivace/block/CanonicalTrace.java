package io.vivace.block;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The canonical form of a trace: what may differ between two records of the same trace is left out
/// or sorted.
final class CanonicalTrace {
  private CanonicalTrace() {}

  static String text(Trace trace) {
    return Corpus.canonical(json(trace));
  }

  static ObjectNode json(Trace trace) {
    ObjectNode root = Corpus.JSON.createObjectNode();
    ArrayNode resources = root.putArray("resourceSpans");
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      resources.add(resource(resource));
    }
    return root;
  }

  private static ObjectNode resource(ResourceSpans spans) {
    ObjectNode node = Corpus.JSON.createObjectNode();
    ObjectNode resource = node.putObject("resource");
    Resource from = spans.getResource();
    attributes(resource, from.getAttributesList(), from.getDroppedAttributesCount());
    ArrayNode scopes = node.putArray("scopeSpans");
    for (ScopeSpans scope : spans.getScopeSpansList()) {
      scopes.add(scope(scope));
    }
    return node;
  }

  private static ObjectNode scope(ScopeSpans spans) {
    ObjectNode node = Corpus.JSON.createObjectNode();
    ObjectNode scope = node.putObject("scope");
    text(scope, "name", spans.getScope().getName());
    text(scope, "version", spans.getScope().getVersion());
    attributes(
        scope, spans.getScope().getAttributesList(), spans.getScope().getDroppedAttributesCount());
    ArrayNode list = node.putArray("spans");
    for (Span span : spans.getSpansList()) {
      list.add(span(span));
    }
    if (list.isEmpty()) {
      node.remove("spans");
    }
    return node;
  }

  private static ObjectNode span(Span span) {
    ObjectNode node = Corpus.JSON.createObjectNode();
    node.put("traceId", TraceId.of(span.getTraceId().toByteArray()).toString());
    text(node, "spanId", hex(span.getSpanId()));
    text(node, "parentSpanId", hex(span.getParentSpanId()));
    text(node, "traceState", span.getTraceState());
    text(node, "name", span.getName());
    number(node, "kind", span.getKindValue());
    time(node, "startTimeUnixNano", span.getStartTimeUnixNano());
    time(node, "endTimeUnixNano", span.getEndTimeUnixNano());
    attributes(node, span.getAttributesList(), span.getDroppedAttributesCount());
    number(node, "droppedEventsCount", span.getDroppedEventsCount());
    number(node, "droppedLinksCount", span.getDroppedLinksCount());
    ObjectNode status = node.putObject("status");
    text(status, "message", span.getStatus().getMessage());
    number(status, "code", span.getStatus().getCodeValue());
    if (span.getEventsCount() > 0) {
      ArrayNode events = node.putArray("events");
      for (Span.Event event : span.getEventsList()) {
        ObjectNode one = events.addObject();
        time(one, "timeUnixNano", event.getTimeUnixNano());
        text(one, "name", event.getName());
        attributes(one, event.getAttributesList(), event.getDroppedAttributesCount());
      }
    }
    if (span.getLinksCount() > 0) {
      ArrayNode links = node.putArray("links");
      for (Span.Link link : span.getLinksList()) {
        ObjectNode one = links.addObject();
        text(one, "traceId", hex(link.getTraceId()));
        text(one, "spanId", hex(link.getSpanId()));
        text(one, "traceState", link.getTraceState());
        attributes(one, link.getAttributesList(), link.getDroppedAttributesCount());
      }
    }
    return node;
  }

  private static void attributes(ObjectNode node, List<KeyValue> attributes, int dropped) {
    if (!attributes.isEmpty()) {
      ArrayNode list = node.putArray("attributes");
      attributes.stream()
          .sorted(Comparator.comparing(KeyValue::getKey))
          .forEach(attribute -> list.add(attribute(attribute)));
    }
    number(node, "droppedAttributesCount", dropped);
  }

  private static ObjectNode attribute(KeyValue attribute) {
    ObjectNode node = Corpus.JSON.createObjectNode();
    node.put("key", attribute.getKey());
    node.set("value", value(attribute.getValue()));
    return node;
  }

  private static ObjectNode value(AnyValue value) {
    ObjectNode node = Corpus.JSON.createObjectNode();
    switch (value.getValueCase()) {
      case STRING_VALUE -> node.put("stringValue", value.getStringValue());
      case INT_VALUE -> node.put("intValue", Long.toString(value.getIntValue()));
      case BOOL_VALUE -> node.put("boolValue", value.getBoolValue());
      case DOUBLE_VALUE -> {
        double number = value.getDoubleValue();
        if (Double.isFinite(number)) {
          node.put("doubleValue", number);
        } else {
          node.put("doubleValue", Double.toString(number));
        }
      }
      case BYTES_VALUE ->
          node.put(
              "bytesValue",
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      case ARRAY_VALUE -> {
        ArrayNode values = node.putObject("arrayValue").putArray("values");
        value.getArrayValue().getValuesList().forEach(element -> values.add(value(element)));
      }
      case KVLIST_VALUE -> {
        ArrayNode values = node.putObject("kvlistValue").putArray("values");
        value.getKvlistValue().getValuesList().forEach(entry -> values.add(attribute(entry)));
      }
      default -> {}
    }
    return node;
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static void text(ObjectNode node, String key, String value) {
    if (!value.isEmpty()) {
      node.put(key, value);
    }
  }

  private static void number(ObjectNode node, String key, int value) {
    if (value != 0) {
      node.put(key, Integer.toUnsignedLong(value));
    }
  }

  private static void time(ObjectNode node, String key, long value) {
    if (value != 0) {
      node.put(key, Long.toUnsignedString(value));
    }
  }
}
