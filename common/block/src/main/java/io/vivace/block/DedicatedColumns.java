package io.vivace.block;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rules about lists of dedicated columns.
public final class DedicatedColumns {
  /// String columns that vParquet4 has for each of resource and span.
  public static final int STRINGS_PER_SCOPE = 10;

  /// Attributes with fixed columns in vParquet4, which cannot be dedicated as well.
  private static final Set<String> FIXED =
      Set.of(
          "service.name",
          "cluster",
          "namespace",
          "pod",
          "container",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name",
          "http.method",
          "http.url",
          "http.status_code");

  private DedicatedColumns() {}

  /// The hash that groups blocks for compaction; 0 for no columns. Order counts.
  public static long hash(List<DedicatedColumn> columns) {
    if (columns.isEmpty()) {
      return 0;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (DedicatedColumn column : columns) {
      out.writeBytes(column.scope().getBytes(StandardCharsets.UTF_8));
      out.write(0xff);
      out.writeBytes(column.name().getBytes(StandardCharsets.UTF_8));
      out.write(0xff);
      out.writeBytes(column.type().getBytes(StandardCharsets.UTF_8));
      for (String option : column.options()) {
        out.write(0xff);
        out.writeBytes(option.getBytes(StandardCharsets.UTF_8));
      }
    }
    return XxHash64.hash(out.toByteArray());
  }

  /// The columns that vParquet4 can hold: strings of resource and span, ten each, without options
  /// and without those that have a fixed column. The others stay among the generic attributes.
  public static List<DedicatedColumn> forVParquet4(List<DedicatedColumn> columns) {
    List<DedicatedColumn> kept = new ArrayList<>();
    for (DedicatedColumn column : columns) {
      boolean scope =
          column.scope().equals(DedicatedColumn.RESOURCE)
              || column.scope().equals(DedicatedColumn.SPAN);
      long before = kept.stream().filter(other -> other.scope().equals(column.scope())).count();
      if (scope
          && column.type().equals(DedicatedColumn.STRING)
          && column.options().isEmpty()
          && !FIXED.contains(column.name())
          && before < STRINGS_PER_SCOPE) {
        kept.add(column);
      }
    }
    return List.copyOf(kept);
  }
}
