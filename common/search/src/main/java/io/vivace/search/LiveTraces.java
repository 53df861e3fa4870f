package io.vivace.search;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// Live traces that can be searched.
public final class LiveTraces extends TableSearchable {
  private final List<TraceColumns> traces;

  /// These traces, each id once.
  public LiveTraces(Collection<TraceColumns> traces) {
    this.traces = List.copyOf(traces);
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
