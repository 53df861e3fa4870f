package io.vivace.distributor.forwarder.ottl;

/// What the paths of a condition without a prefix are about.
public enum Context {
  /// Spans: `name`, `kind`, `status.code` and `attributes` are the span's.
  SPAN("span"),
  /// Span events: `name` and `attributes` are the event's; the span's have the prefix `span`.
  SPAN_EVENT("spanevent");

  private final String prefix;

  Context(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }
}
