package io.vivace.block.row;

import io.vivace.block.parquet.BinaryColumnWriter;
import io.vivace.block.parquet.DictionaryColumnWriter;
import io.vivace.block.parquet.LevelGroup;
import io.vivace.block.parquet.LongColumnWriter;
import io.vivace.block.parquet.TableWriter;
import java.util.ArrayList;
import java.util.List;

/// The columns of vParquet4 by name. Whoever shreds traces, from messages or from wire bytes, fills
/// these.
final class VParquet4Columns {
  private static final String RESOURCE_SPANS = "rs.list.element";
  private static final String SCOPE_SPANS = RESOURCE_SPANS + ".ss.list.element";
  private static final String SPAN = SCOPE_SPANS + ".Spans.list.element";

  final LevelGroup row;
  final BinaryColumnWriter traceId;
  final BinaryColumnWriter traceIdText;
  final LongColumnWriter start;
  final LongColumnWriter end;
  final LongColumnWriter duration;
  final DictionaryColumnWriter rootServiceName;
  final DictionaryColumnWriter rootSpanName;

  final LevelGroup services;
  final BinaryColumnWriter service;
  final LongColumnWriter serviceSpans;
  final LongColumnWriter serviceErrors;

  final LevelGroup resources;
  final AttributeColumns resourceAttributes;
  final LongColumnWriter resourceDropped;
  final DictionaryColumnWriter serviceName;
  final List<DictionaryColumnWriter> resourceFixed = new ArrayList<>();
  final List<DictionaryColumnWriter> resourceDedicated;

  final LevelGroup scopes;
  final DictionaryColumnWriter scopeName;
  final DictionaryColumnWriter scopeVersion;
  final AttributeColumns scopeAttributes;
  final LongColumnWriter scopeDropped;

  final LevelGroup spans;
  final BinaryColumnWriter spanId;
  final BinaryColumnWriter parentSpanId;
  final LongColumnWriter parentId;
  final LongColumnWriter nestedSetLeft;
  final LongColumnWriter nestedSetRight;
  final DictionaryColumnWriter name;
  final LongColumnWriter kind;
  final BinaryColumnWriter traceState;
  final LongColumnWriter spanStart;
  final LongColumnWriter spanDuration;
  final LongColumnWriter statusCode;
  final BinaryColumnWriter statusMessage;
  final AttributeColumns spanAttributes;
  final LongColumnWriter spanDropped;
  final LongColumnWriter droppedEvents;
  final LongColumnWriter droppedLinks;
  final DictionaryColumnWriter httpMethod;
  final DictionaryColumnWriter httpUrl;
  final LongColumnWriter httpStatusCode;
  final List<DictionaryColumnWriter> spanDedicated;

  final LevelGroup events;
  final LongColumnWriter eventTime;
  final DictionaryColumnWriter eventName;
  final AttributeColumns eventAttributes;
  final LongColumnWriter eventDropped;

  final LevelGroup links;
  final BinaryColumnWriter linkTraceId;
  final BinaryColumnWriter linkSpanId;
  final BinaryColumnWriter linkTraceState;
  final AttributeColumns linkAttributes;
  final LongColumnWriter linkDropped;

  private final TableWriter table;

  VParquet4Columns(TableWriter table) {
    this.table = table;
    row = table.group("");
    traceId = binary("TraceID");
    traceIdText = binary("TraceIDText");
    start = number("StartTimeUnixNano");
    end = number("EndTimeUnixNano");
    duration = number("DurationNano");
    rootServiceName = term("RootServiceName");
    rootSpanName = term("RootSpanName");

    services = table.group("ServiceStats.key_value");
    service = binary("ServiceStats.key_value.key");
    serviceSpans = number("ServiceStats.key_value.value.SpanCount");
    serviceErrors = number("ServiceStats.key_value.value.ErrorCount");

    resources = table.group("rs.list");
    String resource = RESOURCE_SPANS + ".Resource";
    resourceAttributes = new AttributeColumns(table, resource);
    resourceDropped = number(resource + ".DroppedAttributesCount");
    serviceName = term(resource + ".ServiceName");
    FixedColumns.RESOURCE_COLUMNS.forEach(
        column -> resourceFixed.add(term(resource + "." + column)));
    resourceDedicated = dedicated(resource);

    scopes = table.group(RESOURCE_SPANS + ".ss.list");
    String scope = SCOPE_SPANS + ".Scope";
    scopeName = term(scope + ".Name");
    scopeVersion = term(scope + ".Version");
    scopeAttributes = new AttributeColumns(table, scope);
    scopeDropped = number(scope + ".DroppedAttributesCount");

    spans = table.group(SCOPE_SPANS + ".Spans.list");
    spanId = binary(SPAN + ".SpanID");
    parentSpanId = binary(SPAN + ".ParentSpanID");
    parentId = number(SPAN + ".ParentID");
    nestedSetLeft = number(SPAN + ".NestedSetLeft");
    nestedSetRight = number(SPAN + ".NestedSetRight");
    name = term(SPAN + ".Name");
    kind = number(SPAN + ".Kind");
    traceState = binary(SPAN + ".TraceState");
    spanStart = number(SPAN + ".StartTimeUnixNano");
    spanDuration = number(SPAN + ".DurationNano");
    statusCode = number(SPAN + ".StatusCode");
    statusMessage = binary(SPAN + ".StatusMessage");
    spanAttributes = new AttributeColumns(table, SPAN);
    spanDropped = number(SPAN + ".DroppedAttributesCount");
    droppedEvents = number(SPAN + ".DroppedEventsCount");
    droppedLinks = number(SPAN + ".DroppedLinksCount");
    httpMethod = term(SPAN + ".HttpMethod");
    httpUrl = term(SPAN + ".HttpUrl");
    httpStatusCode = number(SPAN + ".HttpStatusCode");
    spanDedicated = dedicated(SPAN);

    events = table.group(SPAN + ".Events.list");
    String event = SPAN + ".Events.list.element";
    eventTime = number(event + ".TimeSinceStartNano");
    eventName = term(event + ".Name");
    eventAttributes = new AttributeColumns(table, event);
    eventDropped = number(event + ".DroppedAttributesCount");

    links = table.group(SPAN + ".Links.list");
    String link = SPAN + ".Links.list.element";
    linkTraceId = binary(link + ".TraceID");
    linkSpanId = binary(link + ".SpanID");
    linkTraceState = binary(link + ".TraceState");
    linkAttributes = new AttributeColumns(table, link);
    linkDropped = number(link + ".DroppedAttributesCount");
  }

  private BinaryColumnWriter binary(String path) {
    return table.column(path, BinaryColumnWriter.class);
  }

  private LongColumnWriter number(String path) {
    return table.column(path, LongColumnWriter.class);
  }

  private DictionaryColumnWriter term(String path) {
    return table.column(path, DictionaryColumnWriter.class);
  }

  private List<DictionaryColumnWriter> dedicated(String path) {
    List<DictionaryColumnWriter> columns = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      columns.add(term(path + String.format(".DedicatedAttributes.String%02d", i)));
    }
    return columns;
  }
}
