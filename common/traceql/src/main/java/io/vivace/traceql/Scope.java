package io.vivace.traceql;

/// Where an attribute is looked up.
public enum Scope {
  /// The span, then its resource.
  NONE(""),
  /// The span.
  SPAN("span"),
  /// The span's resource.
  RESOURCE("resource"),
  /// The span's events.
  EVENT("event"),
  /// The span's links.
  LINK("link"),
  /// The instrumentation scope.
  INSTRUMENTATION("instrumentation");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /// The scope as written in front of the dot; empty for [#NONE].
  public String text() {
    return text;
  }
}
