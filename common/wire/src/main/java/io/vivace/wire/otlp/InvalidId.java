package io.vivace.wire.otlp;

/// Which id of a span is missing or zero. Source of the texts: Tempo 2.9
/// `modules/distributor/distributor.go`; of the reasons: the same file in Tempo 3.0.
public enum InvalidId {
  /// The trace id.
  TRACE_ID("invalid_trace_id", "trace ids must be 128 bit, received 0 bits"),
  /// The span id.
  SPAN_ID("invalid_span_id", "span ids must be 64 bit and not all zero, received 0 bits");

  private final String reason;
  private final String text;

  InvalidId(String reason, String text) {
    this.reason = reason;
    this.text = text;
  }

  /// The label `reason` of `tempo_discarded_spans_total`.
  public String reason() {
    return reason;
  }

  /// What the client is told.
  public String text() {
    return text;
  }
}
