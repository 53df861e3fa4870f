package io.vivace.search;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.traceql.Level;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.ServiceStats;
import io.vivace.wire.tempopb.Trace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes a trace apart into the arrays of [TraceColumns].
final class TraceDecoder {
  static final String SERVICE_NAME = "service.name";
  private static final int ERROR = 2;

  private final TraceId traceId;
  private final Map<String, String> interned = new HashMap<>();
  final Map<Level, AttributeList.Builder> attributes = new EnumMap<>(Level.class);
  final Map<Level, List<Integer>> offsets = new EnumMap<>(Level.class);
  final List<String> scopeNames = new ArrayList<>();
  final List<String> scopeVersions = new ArrayList<>();
  final List<Span> spans = new ArrayList<>();
  final List<Span.Event> events = new ArrayList<>();
  final List<Long> eventOffsets = new ArrayList<>();
  final List<Span.Link> links = new ArrayList<>();
  final Map<String, ServiceStats.Builder> serviceStats = new HashMap<>();
  String rootName = "";
  String rootService = "";
  long start;
  long end;

  TraceDecoder(TraceId traceId, Trace trace) {
    this.traceId = traceId;
    for (Level level : Level.values()) {
      attributes.put(level, new AttributeList.Builder());
      offsets.put(level, new ArrayList<>());
    }
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      decode(resource);
    }
    offsets(Level.TRACE).addAll(List.of(0, spans.size()));
    for (Level level : List.of(Level.RESOURCE, Level.INSTRUMENTATION, Level.EVENT, Level.LINK)) {
      offsets(level)
          .add(
              switch (level) {
                case EVENT -> events.size();
                case LINK -> links.size();
                case TRACE, RESOURCE, INSTRUMENTATION, SPAN -> spans.size();
              });
    }
  }

  private List<Integer> offsets(Level level) {
    return offsets.computeIfAbsent(level, key -> new ArrayList<>());
  }

  private void decode(ResourceSpans resourceSpans) {
    Resource resource = resourceSpans.getResource();
    offsets(Level.RESOURCE).add(spans.size());
    attributes(Level.RESOURCE, resource.getAttributesList());
    String service = serviceOf(resource);
    for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
      offsets(Level.INSTRUMENTATION).add(spans.size());
      scopeNames.add(intern(scopeSpans.getScope().getName()));
      scopeVersions.add(intern(scopeSpans.getScope().getVersion()));
      attributes(Level.INSTRUMENTATION, scopeSpans.getScope().getAttributesList());
      for (Span span : scopeSpans.getSpansList()) {
        decode(span, service);
      }
    }
  }

  private void decode(Span span, String service) {
    spans.add(span);
    attributes(Level.SPAN, span.getAttributesList());
    offsets(Level.EVENT).add(events.size());
    for (Span.Event event : span.getEventsList()) {
      events.add(event);
      eventOffsets.add(event.getTimeUnixNano() - span.getStartTimeUnixNano());
      attributes(Level.EVENT, event.getAttributesList());
    }
    offsets(Level.LINK).add(links.size());
    for (Span.Link link : span.getLinksList()) {
      links.add(link);
      attributes(Level.LINK, link.getAttributesList());
    }
    boolean error = span.getStatus().getCodeValue() == ERROR;
    ServiceStats.Builder stats =
        serviceStats.computeIfAbsent(service, key -> ServiceStats.newBuilder());
    stats.setSpanCount(stats.getSpanCount() + 1);
    stats.setErrorCount(stats.getErrorCount() + (error ? 1 : 0));
    extend(span.getStartTimeUnixNano(), span.getEndTimeUnixNano());
    if (isRoot(span)) {
      rootName = span.getName();
      rootService = service;
    }
  }

  /// A start of 0 counts as unset (blocks.md §8.1).
  private void extend(long spanStart, long spanEnd) {
    if (start == 0 || Long.compareUnsigned(spanStart, start) < 0) {
      start = spanStart;
    }
    if (Long.compareUnsigned(spanEnd, end) > 0) {
      end = spanEnd;
    }
  }

  /// Without a parent id, and no child of its own trace in OpenTracing's way.
  private boolean isRoot(Span span) {
    return span.getParentSpanId().isEmpty()
        && span.getLinksList().stream()
            .noneMatch(link ->
                idOf(link.getTraceId()).equals(traceId)
                    && link.getAttributesList().stream()
                        .anyMatch(attribute ->
                            attribute.getKey().equals("opentracing.ref_type")
                                && attribute.getValue().getStringValue().equals("child_of")));
  }

  /// The id of which the last 16 bytes count.
  static TraceId idOf(ByteString bytes) {
    int length = Math.min(bytes.size(), TraceId.BYTES);
    return TraceId.of(bytes.substring(bytes.size() - length).toByteArray());
  }

  /// The first eight bytes as a number, shorter ids padded on the left.
  static long spanIdOf(ByteString bytes) {
    long id = 0;
    for (int i = 0; i < Math.min(Long.BYTES, bytes.size()); i++) {
      id = id << Byte.SIZE | bytes.byteAt(i) & 0xff;
    }
    return id;
  }

  private static String serviceOf(Resource resource) {
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals(SERVICE_NAME)) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }

  private void attributes(Level level, List<KeyValue> list) {
    AttributeList.Builder builder =
        attributes.computeIfAbsent(level, key -> new AttributeList.Builder());
    for (KeyValue attribute : list) {
      Value value = AttributeValues.of(attribute.getValue());
      builder.add(
          intern(attribute.getKey()),
          value.type() == ValueType.STRING ? Value.ofString(intern(value.text())) : value);
    }
    builder.endEntry();
  }

  String intern(String text) {
    String known = interned.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
