package io.vivace.traceql;

/// What every span has without an attribute (traceql.md §7.2).
public enum Intrinsic implements AttributeReference {
  /// End minus start.
  DURATION("duration", ValueType.DURATION),
  /// Parses; not supported by level 2.9.
  CHILD_COUNT("childCount", ValueType.INT),
  /// Name of the span.
  NAME("name", ValueType.STRING),
  /// Status of the span.
  STATUS("status", ValueType.STATUS),
  /// Message beside the status.
  STATUS_MESSAGE("statusMessage", ValueType.STRING),
  /// Kind of the span.
  KIND("kind", ValueType.KIND),
  /// Parses; never supported.
  PARENT("parent", ValueType.NIL),
  /// Name of the trace's root span.
  ROOT_NAME("rootName", ValueType.STRING),
  /// Service of the trace's root span.
  ROOT_SERVICE_NAME("rootServiceName", ValueType.STRING),
  /// Latest end minus earliest start.
  TRACE_DURATION("traceDuration", ValueType.DURATION),
  /// Number on entering the span (§10).
  NESTED_SET_LEFT("nestedSetLeft", ValueType.INT),
  /// Number on leaving the span.
  NESTED_SET_RIGHT("nestedSetRight", ValueType.INT),
  /// Left number of the parent; -1 for roots.
  NESTED_SET_PARENT("nestedSetParent", ValueType.INT),
  /// Lower-case hex without leading zeros.
  TRACE_ID("trace:id", ValueType.STRING),
  /// 16 lower-case hex digits.
  SPAN_ID("span:id", ValueType.STRING),
  /// 16 lower-case hex digits, all zeros for a root.
  SPAN_PARENT_ID("span:parentID", ValueType.STRING),
  /// Name of an event.
  EVENT_NAME("event:name", ValueType.STRING),
  /// Event time minus span start.
  EVENT_TIME_SINCE_START("event:timeSinceStart", ValueType.DURATION),
  /// Lower-case hex without leading zeros.
  LINK_TRACE_ID("link:traceID", ValueType.STRING),
  /// 16 lower-case hex digits.
  LINK_SPAN_ID("link:spanID", ValueType.STRING),
  /// Name of the instrumentation scope; of no known type in checks, as in Tempo.
  INSTRUMENTATION_NAME("instrumentation:name", ValueType.UNKNOWN),
  /// Version of the instrumentation scope; of no known type in checks, as in Tempo.
  INSTRUMENTATION_VERSION("instrumentation:version", ValueType.UNKNOWN);

  private final String text;
  private final ValueType type;

  Intrinsic(String text, ValueType type) {
    this.text = text;
    this.type = type;
  }

  @Override
  public String text() {
    return text;
  }

  /// Type for checks.
  ValueType type() {
    return type;
  }
}
