package io.vivace.block.row;

import io.vivace.block.parquet.SchemaNode;
import io.vivace.block.parquet.SchemaNode.Column;
import io.vivace.block.parquet.SchemaNode.Group;
import io.vivace.block.parquet.SchemaNode.Logical;
import io.vivace.block.parquet.SchemaNode.Occurrence;
import io.vivace.block.parquet.SchemaNode.Role;
import io.vivace.block.parquet.SchemaNode.Values;
import io.vivace.block.parquet.Type;
import java.util.ArrayList;
import java.util.List;

/// The 103 columns of vParquet4. Tempo reads them by position: their order is the format.
public final class VParquet4Schema {
  /// The schema.
  public static final Group SCHEMA = new Group("Trace", Occurrence.REQUIRED, Role.NONE, trace());

  private VParquet4Schema() {}

  private static List<SchemaNode> trace() {
    return List.of(
        bytes("TraceID"),
        text("TraceIDText"),
        unsigned("StartTimeUnixNano"),
        unsigned("EndTimeUnixNano"),
        unsigned("DurationNano"),
        term("RootServiceName"),
        term("RootSpanName"),
        serviceStats(),
        list("rs", group("element", resource(), list("ss", group("element", scope(), spans())))));
  }

  private static SchemaNode serviceStats() {
    SchemaNode value =
        group(
            "value",
            column("SpanCount", Type.INT32, Logical.UINT32, Values.DELTA),
            column("ErrorCount", Type.INT32, Logical.UINT32, Values.DELTA));
    Group entry =
        new Group("key_value", Occurrence.REPEATED, Role.NONE, List.of(text("key"), value));
    return new Group("ServiceStats", Occurrence.REQUIRED, Role.MAP, List.of(entry));
  }

  private static SchemaNode resource() {
    List<SchemaNode> children = new ArrayList<>();
    children.add(attributes());
    children.add(count("DroppedAttributesCount"));
    children.add(term("ServiceName"));
    FixedColumns.RESOURCE_COLUMNS.forEach(name -> children.add(optionalTerm(name)));
    children.add(dedicated());
    return new Group("Resource", Occurrence.REQUIRED, Role.NONE, children);
  }

  private static SchemaNode scope() {
    return group(
        "Scope", term("Name"), term("Version"), attributes(), count("DroppedAttributesCount"));
  }

  private static SchemaNode spans() {
    return list(
        "Spans",
        group(
            "element",
            bytes("SpanID"),
            bytes("ParentSpanID"),
            count("ParentID"),
            count("NestedSetLeft"),
            count("NestedSetRight"),
            term("Name"),
            signed("Kind"),
            text("TraceState"),
            unsigned("StartTimeUnixNano"),
            unsigned("DurationNano"),
            signed("StatusCode"),
            text("StatusMessage"),
            attributes(),
            count("DroppedAttributesCount"),
            events(),
            plainCount("DroppedEventsCount"),
            links(),
            plainCount("DroppedLinksCount"),
            optionalTerm("HttpMethod"),
            optionalTerm("HttpUrl"),
            new Column(
                "HttpStatusCode", Occurrence.OPTIONAL, Type.INT64, Logical.INT64, Values.PLAIN),
            dedicated()));
  }

  private static SchemaNode events() {
    return list(
        "Events",
        group(
            "element",
            unsigned("TimeSinceStartNano"),
            term("Name"),
            attributes(),
            count("DroppedAttributesCount")));
  }

  private static SchemaNode links() {
    return list(
        "Links",
        group(
            "element",
            bytes("TraceID"),
            bytes("SpanID"),
            text("TraceState"),
            attributes(),
            count("DroppedAttributesCount")));
  }

  private static SchemaNode attributes() {
    return list(
        "Attrs",
        group(
            "element",
            term("Key"),
            column("IsArray", Type.BOOLEAN, Logical.NONE, Values.PLAIN),
            list("Value", term("element")),
            list("ValueInt", column("element", Type.INT64, Logical.INT64, Values.PLAIN)),
            list("ValueDouble", column("element", Type.DOUBLE, Logical.NONE, Values.PLAIN)),
            list("ValueBool", column("element", Type.BOOLEAN, Logical.NONE, Values.PLAIN)),
            new Column(
                "ValueUnsupported",
                Occurrence.OPTIONAL,
                Type.BYTE_ARRAY,
                Logical.STRING,
                Values.DELTA_LENGTH)));
  }

  private static SchemaNode dedicated() {
    List<SchemaNode> columns = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      columns.add(optionalTerm(String.format("String%02d", i)));
    }
    return new Group("DedicatedAttributes", Occurrence.REQUIRED, Role.NONE, columns);
  }

  private static SchemaNode list(String name, SchemaNode element) {
    Group list = new Group("list", Occurrence.REPEATED, Role.NONE, List.of(element));
    return new Group(name, Occurrence.REQUIRED, Role.LIST, List.of(list));
  }

  private static SchemaNode group(String name, SchemaNode... children) {
    return new Group(name, Occurrence.REQUIRED, Role.NONE, List.of(children));
  }

  private static SchemaNode column(String name, Type type, Logical logical, Values values) {
    return new Column(name, Occurrence.REQUIRED, type, logical, values);
  }

  private static SchemaNode bytes(String name) {
    return column(name, Type.BYTE_ARRAY, Logical.NONE, Values.DELTA_LENGTH);
  }

  private static SchemaNode text(String name) {
    return column(name, Type.BYTE_ARRAY, Logical.STRING, Values.DELTA_LENGTH);
  }

  private static SchemaNode term(String name) {
    return column(name, Type.BYTE_ARRAY, Logical.STRING, Values.DICTIONARY);
  }

  private static SchemaNode optionalTerm(String name) {
    return new Column(
        name, Occurrence.OPTIONAL, Type.BYTE_ARRAY, Logical.STRING, Values.DICTIONARY);
  }

  private static SchemaNode unsigned(String name) {
    return column(name, Type.INT64, Logical.UINT64, Values.DELTA);
  }

  private static SchemaNode signed(String name) {
    return column(name, Type.INT64, Logical.INT64, Values.DELTA);
  }

  private static SchemaNode count(String name) {
    return column(name, Type.INT32, Logical.INT32, Values.DELTA);
  }

  private static SchemaNode plainCount(String name) {
    return column(name, Type.INT32, Logical.INT32, Values.PLAIN);
  }
}
