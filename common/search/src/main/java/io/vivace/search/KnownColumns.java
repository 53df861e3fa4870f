package io.vivace.search;

import io.vivace.block.DedicatedColumn;
import io.vivace.block.row.BlockFormat;
import io.vivace.traceql.Level;
import io.vivace.traceql.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The attributes that have a column of their own in a block (blocks.md §8.2).
final class KnownColumns {
  /// How a column holds values.
  enum Form {
    REQUIRED,
    OPTIONAL,
    REPEATED
  }

  /// A column.
  ///
  /// @param name key of the attribute
  /// @param path path of the leaf
  record Column(Level level, String name, String path, Form form) {}

  private static final Map<String, String> RESOURCE =
      Map.of(
          "cluster", "Cluster",
          "namespace", "Namespace",
          "pod", "Pod",
          "container", "Container",
          "k8s.cluster.name", "K8sClusterName",
          "k8s.namespace.name", "K8sNamespaceName",
          "k8s.pod.name", "K8sPodName",
          "k8s.container.name", "K8sContainerName");

  private static final Map<String, String> SPAN =
      Map.of(
          "http.method", "HttpMethod",
          "http.url", "HttpUrl",
          "http.status_code", "HttpStatusCode");

  private final List<Column> columns = new ArrayList<>();

  KnownColumns(List<DedicatedColumn> dedicated, BlockPaths paths) {
    columns.add(
        new Column(
            Level.RESOURCE,
            TraceDecoder.SERVICE_NAME,
            paths.resource("ServiceName"),
            Form.REQUIRED));
    boolean repeated = paths.format() == BlockFormat.VPARQUET5;
    if (!repeated) {
      RESOURCE.forEach((name, leaf) -> add(Level.RESOURCE, name, paths.resource(leaf)));
      SPAN.forEach((name, leaf) -> add(Level.SPAN, name, paths.span(leaf)));
    }
    Map<String, Integer> counts = new HashMap<>();
    for (DedicatedColumn column : dedicated) {
      Level level = levelOf(column.scope());
      boolean text = column.type().equals(DedicatedColumn.STRING);
      int number = counts.merge(column.scope() + "/" + column.type(), 1, Integer::sum);
      String leaf =
          String.format(Locale.ROOT, "DedicatedAttributes.%s%02d", text ? "String" : "Int", number);
      columns.add(
          new Column(
              level,
              column.name(),
              paths.of(level, leaf),
              repeated ? Form.REPEATED : Form.OPTIONAL));
    }
  }

  private void add(Level level, String name, String path) {
    columns.add(new Column(level, name, path, Form.OPTIONAL));
  }

  private static Level levelOf(String scope) {
    return switch (scope) {
      case DedicatedColumn.RESOURCE -> Level.RESOURCE;
      case DedicatedColumn.EVENT -> Level.EVENT;
      default -> Level.SPAN;
    };
  }

  static Scope scopeOf(Level level) {
    return switch (level) {
      case RESOURCE -> Scope.RESOURCE;
      case INSTRUMENTATION -> Scope.INSTRUMENTATION;
      case EVENT -> Scope.EVENT;
      case LINK -> Scope.LINK;
      case SPAN, TRACE -> Scope.SPAN;
    };
  }

  Optional<Column> find(Level level, String name) {
    return columns.stream()
        .filter(column -> column.level() == level && column.name().equals(name))
        .findFirst();
  }

  List<Column> of(Level level) {
    return columns.stream().filter(column -> column.level() == level).toList();
  }
}
