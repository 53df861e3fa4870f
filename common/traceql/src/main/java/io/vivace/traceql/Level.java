package io.vivace.traceql;

/// What a column has one entry for.
public enum Level {
  /// A trace.
  TRACE,
  /// A resource of a trace.
  RESOURCE,
  /// An instrumentation scope of a resource.
  INSTRUMENTATION,
  /// A span.
  SPAN,
  /// An event of a span.
  EVENT,
  /// A link of a span.
  LINK;

  /// Where values of the attribute or intrinsic live.
  ///
  /// @throws IllegalArgumentException for an unscoped attribute, which lives on two levels
  public static Level of(AttributeReference reference) {
    return switch (reference) {
      case AttributeReference.Named named ->
          switch (named.scope()) {
            case SPAN -> SPAN;
            case RESOURCE -> RESOURCE;
            case EVENT -> EVENT;
            case LINK -> LINK;
            case INSTRUMENTATION -> INSTRUMENTATION;
            case NONE ->
                throw new IllegalArgumentException(
                    "attribute: " + named.text() + " (expected: one with a scope)");
          };
      case Intrinsic intrinsic ->
          switch (intrinsic) {
            case ROOT_NAME, ROOT_SERVICE_NAME, TRACE_DURATION, TRACE_ID -> TRACE;
            case INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION -> INSTRUMENTATION;
            case EVENT_NAME, EVENT_TIME_SINCE_START -> EVENT;
            case LINK_TRACE_ID, LINK_SPAN_ID -> LINK;
            case DURATION,
                CHILD_COUNT,
                NAME,
                STATUS,
                STATUS_MESSAGE,
                KIND,
                PARENT,
                NESTED_SET_LEFT,
                NESTED_SET_RIGHT,
                NESTED_SET_PARENT,
                SPAN_ID,
                SPAN_PARENT_ID ->
                SPAN;
          };
    };
  }
}
