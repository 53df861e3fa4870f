package io.vivace.search;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;

/// A live trace decoded into columns with interned texts; immutable, worth keeping until the trace
/// gets another span.
public final class TraceColumns {
  private final TraceId id;
  private final Trace trace;

  private TraceColumns(TraceId id, Trace trace) {
    this.id = id;
    this.trace = trace;
  }

  /// Decodes a trace.
  public static TraceColumns decode(TraceId id, Trace trace) {
    return new TraceColumns(id, trace);
  }

  /// The trace's id.
  public TraceId id() {
    return id;
  }

  /// The trace that was decoded.
  public Trace trace() {
    return trace;
  }
}
