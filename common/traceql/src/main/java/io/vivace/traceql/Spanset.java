package io.vivace.traceql;

import java.util.ArrayList;
import java.util.List;

/// Spans of one trace that a pipeline gives.
///
/// @param spans rows of the table, ascending unless spansets were joined by `coalesce()`
/// @param attributes what `by` and aggregate stages computed, in stage order
public record Spanset(int[] spans, List<Attribute> attributes) {
  /// A computed value by the text of what computed it.
  public record Attribute(String name, Value value) {}

  Spanset withSpans(int[] newSpans) {
    return new Spanset(newSpans, attributes);
  }

  Spanset with(Attribute attribute) {
    List<Attribute> all = new ArrayList<>(attributes);
    all.add(attribute);
    return new Spanset(spans, List.copyOf(all));
  }

  boolean isEmpty() {
    return spans.length == 0;
  }
}
