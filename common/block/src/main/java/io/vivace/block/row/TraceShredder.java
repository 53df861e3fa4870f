package io.vivace.block.row;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vivace.block.DedicatedColumn;
import io.vivace.block.parquet.DictionaryColumnWriter;
import io.vivace.block.parquet.TableWriter;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes traces apart into the columns of vParquet4, by walking over protobuf messages.
public final class TraceShredder {
  private final VParquet4Columns columns;
  private final Slots resourceSlots;
  private final Slots spanSlots;
  private final Rebatching rebatching;
  private final NestedSets nestedSets = new NestedSets();
  private final ServiceStats stats = new ServiceStats();
  private final AttributeShredder attributes = new AttributeShredder();
  private final @Nullable AnyValue[] resourceValues;
  private final @Nullable AnyValue[] spanValues;
  private int spanNumber;

  /// Fills the columns of `table`, which has the schema of vParquet4.
  ///
  /// @param dedicated columns that vParquet4 can hold
  public TraceShredder(TableWriter table, List<DedicatedColumn> dedicated) {
    columns = new VParquet4Columns(table);
    resourceSlots = Slots.ofResource(dedicated);
    spanSlots = Slots.ofSpan(dedicated);
    rebatching = new Rebatching(resourceSlots);
    resourceValues = new @Nullable AnyValue[resourceSlots.count()];
    spanValues = new @Nullable AnyValue[spanSlots.count()];
  }

  /// Adds a row; the caller ends it.
  public void add(TraceId id, Trace trace, TraceSummary summary) {
    Trace batched = rebatching.rebatch(trace);
    columns.row.row();
    number(batched);
    stats.clear();
    spanNumber = 0;
    List<ResourceSpans> resources = batched.getResourceSpansList();
    if (resources.isEmpty()) {
      columns.resources.none(columns.row);
    }
    for (int i = 0; i < resources.size(); i++) {
      if (i == 0) {
        columns.resources.first(columns.row);
      } else {
        columns.resources.another();
      }
      resource(resources.get(i));
    }
    trace(id, summary);
  }

  private void trace(TraceId id, TraceSummary summary) {
    byte[] bytes = id.toBytes();
    columns.traceId.add(bytes, 0, bytes.length);
    attributes.text(columns.traceIdText, id.isZero() ? "" : id.toShortHex());
    columns.start.add(summary.start());
    columns.end.add(summary.end());
    columns.duration.add(summary.end() - summary.start());
    attributes.text(columns.rootServiceName, summary.rootService());
    attributes.text(columns.rootSpanName, summary.rootSpan());
    if (stats.size() == 0) {
      columns.services.none(columns.row);
    }
    for (int i = 0; i < stats.size(); i++) {
      if (i == 0) {
        columns.services.first(columns.row);
      } else {
        columns.services.another();
      }
      columns.serviceName.copyTo(stats.id(i), columns.service);
      columns.serviceSpans.add(stats.spans(i));
      columns.serviceErrors.add(stats.errors(i));
    }
  }

  private void number(Trace trace) {
    nestedSets.clear();
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          ByteString parent = span.getParentSpanId();
          nestedSets.add(key(span.getSpanId()), key(parent), parent.isEmpty(), span.getKindValue());
        }
      }
    }
    nestedSets.number();
  }

  /// The first eight bytes, shorter ids followed by zeros.
  private static long key(ByteString id) {
    long key = 0;
    int length = Math.min(8, id.size());
    for (int i = 0; i < length; i++) {
      key |= (id.byteAt(i) & 0xffL) << 56 - 8 * i;
    }
    return key;
  }

  private void resource(ResourceSpans spans) {
    List<KeyValue> list = spans.getResource().getAttributesList();
    boolean any = false;
    for (int i = 0; i < list.size(); i++) {
      KeyValue attribute = list.get(i);
      AnyValue value = attribute.getValue();
      boolean text = value.getValueCase() == AnyValue.ValueCase.STRING_VALUE;
      int slot = text ? resourceSlots.of(attribute.getKey()) : Slots.NONE;
      if (slot != Slots.NONE) {
        resourceValues[slot] = value;
        continue;
      }
      begin(columns.resourceAttributes, columns.resources, any);
      any = true;
      attributes.one(columns.resourceAttributes, attribute.getKey(), value);
    }
    if (!any) {
      columns.resourceAttributes.group.none(columns.resources);
    }
    columns.resourceDropped.add(spans.getResource().getDroppedAttributesCount());
    AnyValue service = resourceValues[0];
    int serviceId =
        attributes.textId(columns.serviceName, service == null ? "" : service.getStringValue());
    resourceValues[0] = null;
    for (int slot = 1; slot < resourceValues.length; slot++) {
      AnyValue value = resourceValues[slot];
      if (value != null) {
        DictionaryColumnWriter column =
            slot < Slots.RESOURCE_FIXED
                ? columns.resourceFixed.get(slot - 1)
                : columns.resourceDedicated.get(slot - Slots.RESOURCE_FIXED);
        attributes.text(column, value.getStringValue());
        resourceValues[slot] = null;
      }
    }
    scopes(spans.getScopeSpansList(), serviceId);
  }

  private void scopes(List<ScopeSpans> scopes, int serviceId) {
    if (scopes.isEmpty()) {
      columns.scopes.none(columns.resources);
    }
    for (int i = 0; i < scopes.size(); i++) {
      if (i == 0) {
        columns.scopes.first(columns.resources);
      } else {
        columns.scopes.another();
      }
      ScopeSpans scope = scopes.get(i);
      attributes.text(columns.scopeName, scope.getScope().getName());
      attributes.text(columns.scopeVersion, scope.getScope().getVersion());
      attributes.list(
          columns.scopeAttributes, columns.scopes, scope.getScope().getAttributesList());
      columns.scopeDropped.add(scope.getScope().getDroppedAttributesCount());
      spans(scope.getSpansList(), serviceId);
    }
  }

  private void spans(List<Span> spans, int serviceId) {
    if (spans.isEmpty()) {
      columns.spans.none(columns.scopes);
      return;
    }
    int errors = 0;
    for (int i = 0; i < spans.size(); i++) {
      if (i == 0) {
        columns.spans.first(columns.scopes);
      } else {
        columns.spans.another();
      }
      Span span = spans.get(i);
      errors += span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR ? 1 : 0;
      span(span);
    }
    stats.add(serviceId, spans.size(), errors);
  }

  private void span(Span span) {
    attributes.bytes(columns.spanId, span.getSpanId());
    attributes.bytes(columns.parentSpanId, span.getParentSpanId());
    columns.parentId.add(nestedSets.parent(spanNumber));
    columns.nestedSetLeft.add(nestedSets.left(spanNumber));
    columns.nestedSetRight.add(nestedSets.right(spanNumber));
    spanNumber++;
    attributes.text(columns.name, span.getName());
    columns.kind.add(span.getKindValue());
    attributes.text(columns.traceState, span.getTraceState());
    columns.spanStart.add(span.getStartTimeUnixNano());
    columns.spanDuration.add(span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    columns.statusCode.add(span.getStatus().getCodeValue());
    attributes.text(columns.statusMessage, span.getStatus().getMessage());
    spanAttributes(span.getAttributesList());
    columns.spanDropped.add(span.getDroppedAttributesCount());
    events(span);
    columns.droppedEvents.add(span.getDroppedEventsCount());
    links(span.getLinksList());
    columns.droppedLinks.add(span.getDroppedLinksCount());
  }

  private void spanAttributes(List<KeyValue> list) {
    boolean any = false;
    for (int i = 0; i < list.size(); i++) {
      KeyValue attribute = list.get(i);
      AnyValue value = attribute.getValue();
      int slot = spanSlot(attribute.getKey(), value.getValueCase());
      if (slot != Slots.NONE) {
        spanValues[slot] = value;
        continue;
      }
      begin(columns.spanAttributes, columns.spans, any);
      any = true;
      attributes.one(columns.spanAttributes, attribute.getKey(), value);
    }
    if (!any) {
      columns.spanAttributes.group.none(columns.spans);
    }
    for (int slot = 0; slot < spanValues.length; slot++) {
      AnyValue value = spanValues[slot];
      if (value != null) {
        slot(slot, value);
        spanValues[slot] = null;
      }
    }
  }

  private int spanSlot(String key, AnyValue.ValueCase type) {
    return switch (type) {
      case STRING_VALUE -> {
        int slot = spanSlots.of(key);
        yield slot == Slots.HTTP_STATUS_CODE ? Slots.NONE : slot;
      }
      case INT_VALUE ->
          key.equals(FixedColumns.HTTP_STATUS_CODE) ? Slots.HTTP_STATUS_CODE : Slots.NONE;
      default -> Slots.NONE;
    };
  }

  private void slot(int slot, AnyValue value) {
    switch (slot) {
      case 0 -> attributes.text(columns.httpMethod, value.getStringValue());
      case 1 -> attributes.text(columns.httpUrl, value.getStringValue());
      case Slots.HTTP_STATUS_CODE -> columns.httpStatusCode.add(value.getIntValue());
      default ->
          attributes.text(
              columns.spanDedicated.get(slot - Slots.SPAN_FIXED), value.getStringValue());
    }
  }

  private static void begin(
      AttributeColumns columns, io.vivace.block.parquet.LevelGroup parent, boolean another) {
    if (another) {
      columns.group.another();
    } else {
      columns.group.first(parent);
    }
  }

  private void events(Span span) {
    List<Span.Event> events = span.getEventsList();
    if (events.isEmpty()) {
      columns.events.none(columns.spans);
    }
    for (int i = 0; i < events.size(); i++) {
      if (i == 0) {
        columns.events.first(columns.spans);
      } else {
        columns.events.another();
      }
      Span.Event event = events.get(i);
      columns.eventTime.add(event.getTimeUnixNano() - span.getStartTimeUnixNano());
      attributes.text(columns.eventName, event.getName());
      attributes.list(columns.eventAttributes, columns.events, event.getAttributesList());
      columns.eventDropped.add(event.getDroppedAttributesCount());
    }
  }

  private void links(List<Span.Link> links) {
    if (links.isEmpty()) {
      columns.links.none(columns.spans);
    }
    for (int i = 0; i < links.size(); i++) {
      if (i == 0) {
        columns.links.first(columns.spans);
      } else {
        columns.links.another();
      }
      Span.Link link = links.get(i);
      attributes.bytes(columns.linkTraceId, link.getTraceId());
      attributes.bytes(columns.linkSpanId, link.getSpanId());
      attributes.text(columns.linkTraceState, link.getTraceState());
      attributes.list(columns.linkAttributes, columns.links, link.getAttributesList());
      columns.linkDropped.add(link.getDroppedAttributesCount());
    }
  }
}
