package io.vivace.search;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Live traces that can be searched.
public final class LiveTraces extends TableSearchable {
  private static final Comparator<TraceColumns> NEWEST_FIRST =
      (a, b) -> Long.compareUnsigned(b.start(), a.start());

  private final List<TraceColumns> traces;

  /// These traces, each id once.
  public LiveTraces(Collection<TraceColumns> traces) {
    this.traces = traces.stream().sorted(NEWEST_FIRST).toList();
  }

  @Override
  public void forEach(Visitor visitor) throws IOException {
    for (TraceColumns trace : traces) {
      if (!visitor.visit(trace.table())) {
        return;
      }
    }
  }
}
