package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.wire.tempopb.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Joins resources of a trace that would look the same in a block, and equal scopes within them.
/// Compares whole attributes, never hashes alone; counts of dropped attributes do not matter and
/// stay those of the first.
final class Rebatching {
  private static final int MANY = 16;
  private static final int SCANNED = 64;

  private final Slots resourceSlots;

  Rebatching(Slots resourceSlots) {
    this.resourceSlots = resourceSlots;
  }

  /// What a resource looks like in a block: the last text of each attribute with a column, the
  /// others by key.
  private record ResourceKey(Map<String, String> columns, List<KeyValue> others) {}

  private record ScopeKey(String name, String version, List<KeyValue> attributes) {}

  Trace rebatch(Trace trace) {
    if (isFlat(trace)) {
      return trace;
    }
    return trace.getResourceSpansCount() > SCANNED ? joinByKey(trace) : joinByScan(trace);
  }

  /// Groups by whole keys: for traces with many resources.
  Trace joinByKey(Trace trace) {
    Map<ResourceKey, List<ResourceSpans>> groups = new LinkedHashMap<>();
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      groups.computeIfAbsent(key(resource), _ -> new ArrayList<>()).add(resource);
    }
    Trace.Builder result = Trace.newBuilder();
    groups.values().forEach(group -> result.addResourceSpans(join(group)));
    return result.build();
  }

  /// Compares each resource with the groups so far: equal ones have the same service and nearly
  /// always the very same attributes, so that keys are seldom needed.
  Trace joinByScan(Trace trace) {
    List<List<ResourceSpans>> groups = new ArrayList<>();
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      groupOf(resource, groups).add(resource);
    }
    Trace.Builder result = Trace.newBuilder();
    groups.forEach(group -> result.addResourceSpans(join(group)));
    return result.build();
  }

  private List<ResourceSpans> groupOf(ResourceSpans resource, List<List<ResourceSpans>> groups) {
    String service = service(resource);
    for (List<ResourceSpans> group : groups) {
      ResourceSpans first = group.getFirst();
      if (service(first).equals(service) && isSame(first, resource)) {
        return group;
      }
    }
    List<ResourceSpans> fresh = new ArrayList<>(2);
    groups.add(fresh);
    return fresh;
  }

  private boolean isSame(ResourceSpans a, ResourceSpans b) {
    return a.getResource().getAttributesList().equals(b.getResource().getAttributesList())
        || key(a).equals(key(b));
  }

  /// Whether there is surely nothing to join: one scope in each resource and no service twice. Says
  /// no of traces with many resources.
  private static boolean isFlat(Trace trace) {
    int count = trace.getResourceSpansCount();
    if (count > MANY) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (trace.getResourceSpans(i).getScopeSpansCount() > 1) {
        return false;
      }
      String service = count == 1 ? "" : service(trace.getResourceSpans(i));
      for (int other = 0; other < i; other++) {
        if (service(trace.getResourceSpans(other)).equals(service)) {
          return false;
        }
      }
    }
    return true;
  }

  /// The last text of `service.name`, which equal resources have in common.
  private static String service(ResourceSpans resource) {
    List<KeyValue> attributes = resource.getResource().getAttributesList();
    for (int i = attributes.size() - 1; i >= 0; i--) {
      KeyValue attribute = attributes.get(i);
      if (attribute.getKey().equals(FixedColumns.SERVICE_NAME)
          && attribute.getValue().getValueCase() == AnyValue.ValueCase.STRING_VALUE) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }

  private ResourceKey key(ResourceSpans resource) {
    Map<String, String> columns = new TreeMap<>();
    List<KeyValue> others = new ArrayList<>();
    for (KeyValue attribute : resource.getResource().getAttributesList()) {
      boolean text = attribute.getValue().getValueCase() == AnyValue.ValueCase.STRING_VALUE;
      if (text && resourceSlots.of(attribute.getKey()) != Slots.NONE) {
        columns.put(attribute.getKey(), attribute.getValue().getStringValue());
      } else {
        others.add(attribute);
      }
    }
    columns.remove(FixedColumns.SERVICE_NAME, "");
    others.sort(Comparator.comparing(KeyValue::getKey));
    return new ResourceKey(columns, others);
  }

  private static ResourceSpans join(List<ResourceSpans> group) {
    ResourceSpans first = group.getFirst();
    if (group.size() == 1 && first.getScopeSpansCount() <= 1) {
      return first;
    }
    Map<ScopeKey, ScopeSpans> firsts = new LinkedHashMap<>();
    Map<ScopeKey, List<Span>> spans = new LinkedHashMap<>();
    for (ResourceSpans resource : group) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ScopeKey key = key(scope.getScope());
        firsts.putIfAbsent(key, scope);
        spans.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(scope.getSpansList());
      }
    }
    ResourceSpans.Builder joined = first.toBuilder().clearScopeSpans();
    firsts.forEach((key, scope) ->
        joined.addScopeSpans(
            scope.toBuilder().clearSpans().addAllSpans(spans.getOrDefault(key, List.of()))));
    return joined.build();
  }

  private static ScopeKey key(InstrumentationScope scope) {
    List<KeyValue> attributes = new ArrayList<>(scope.getAttributesList());
    attributes.sort(Comparator.comparing(KeyValue::getKey));
    return new ScopeKey(scope.getName(), scope.getVersion(), attributes);
  }
}
