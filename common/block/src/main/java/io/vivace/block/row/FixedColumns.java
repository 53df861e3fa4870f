package io.vivace.block.row;

import java.util.List;

/// Attributes that versions 3 and 4 keep in columns of their own.
final class FixedColumns {
  /// Key of the attribute with a required column.
  static final String SERVICE_NAME = "service.name";

  /// Resource attributes in column order.
  static final List<String> RESOURCE_KEYS =
      List.of(
          "cluster",
          "namespace",
          "pod",
          "container",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name");

  /// Columns of [#RESOURCE_KEYS].
  static final List<String> RESOURCE_COLUMNS =
      List.of(
          "Cluster",
          "Namespace",
          "Pod",
          "Container",
          "K8sClusterName",
          "K8sNamespaceName",
          "K8sPodName",
          "K8sContainerName");

  static final String HTTP_METHOD = "http.method";
  static final String HTTP_URL = "http.url";
  static final String HTTP_STATUS_CODE = "http.status_code";

  private FixedColumns() {}
}
