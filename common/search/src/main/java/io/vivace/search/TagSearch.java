package io.vivace.search;

import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Level;
import io.vivace.traceql.Scope;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The search by tags (api.md §7.2): every tag has to be found somewhere in the trace, on a span or
/// a resource. Names and well-known attributes match by substring, all others by the whole text,
/// and only texts match.
final class TagSearch {
  private static final Set<String> WELL_KNOWN_RESOURCE =
      Set.of(
          "service.name",
          "cluster",
          "namespace",
          "pod",
          "container",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name");
  private static final Set<String> WELL_KNOWN_SPAN = Set.of("http.method", "http.url");

  private final SearchTable table;
  private final SearchPlan plan;

  TagSearch(SearchTable table, SearchPlan plan) {
    this.table = table;
    this.plan = plan;
  }

  /// The traces that have all tags and a duration within the bounds.
  BitSet traces() throws IOException {
    BitSet traces = new BitSet();
    traces.set(0, table.rows(Level.TRACE));
    for (Map.Entry<String, String> tag : plan.tags().entrySet()) {
      if (traces.isEmpty()) {
        return traces;
      }
      traces.and(tracesWith(tag.getKey(), tag.getValue()));
    }
    if (!traces.isEmpty() && (plan.minDuration() != 0 || plan.maxDuration() != 0)) {
      long[] starts = table.traceStarts();
      long[] ends = table.traceEnds();
      for (int trace : traces.stream().toArray()) {
        traces.set(trace, isWithinBounds(ends[trace] - starts[trace]));
      }
    }
    return traces;
  }

  private boolean isWithinBounds(long duration) {
    return Long.compareUnsigned(duration, plan.minDuration()) >= 0
        && (plan.maxDuration() == 0 || Long.compareUnsigned(duration, plan.maxDuration()) <= 0);
  }

  private BitSet tracesWith(String key, String value) throws IOException {
    Predicate<String> contains = text -> text.contains(value);
    if (WELL_KNOWN_RESOURCE.contains(key)) {
      return texts(AttributeReference.named(Scope.RESOURCE, key), contains);
    }
    if (WELL_KNOWN_SPAN.contains(key)) {
      return texts(AttributeReference.named(Scope.SPAN, key), contains);
    }
    return switch (key) {
      case "name" -> texts(Intrinsic.NAME, contains);
      case "root.name" -> texts(Intrinsic.ROOT_NAME, contains);
      case "root.service.name" -> texts(Intrinsic.ROOT_SERVICE_NAME, contains);
      case "status.code" -> {
        int code = List.of("unset", "ok", "error").indexOf(value);
        yield numbers(Intrinsic.STATUS, ValueType.STATUS, Integer.toString(code));
      }
      case "http.status_code" ->
          numbers(AttributeReference.named(Scope.SPAN, key), ValueType.INT, value);
      default -> {
        BitSet traces = texts(AttributeReference.named(Scope.SPAN, key), value::equals);
        traces.or(texts(AttributeReference.named(Scope.RESOURCE, key), value::equals));
        yield traces;
      }
    };
  }

  private BitSet texts(AttributeReference reference, Predicate<String> matches) throws IOException {
    Vector column = table.column(reference);
    BitSet entries = new BitSet();
    for (int row = 0; row < column.rows(); row++) {
      if (hasText(column.value(row), matches)) {
        entries.set(row);
      }
    }
    return Entries.traces(table, Level.of(reference), entries);
  }

  /// Of an array one element is enough.
  private static boolean hasText(Value value, Predicate<String> matches) {
    return value.type() == ValueType.STRING && matches.test(value.text())
        || value.elements().stream().anyMatch(element -> hasText(element, matches));
  }

  private BitSet numbers(AttributeReference reference, ValueType type, String number)
      throws IOException {
    Vector column = table.column(reference);
    BitSet entries = new BitSet();
    for (int row = 0; row < column.rows(); row++) {
      if (column.type(row) == type && Long.toString(column.bits(row)).equals(number)) {
        entries.set(row);
      }
    }
    return Entries.traces(table, Level.of(reference), entries);
  }
}
