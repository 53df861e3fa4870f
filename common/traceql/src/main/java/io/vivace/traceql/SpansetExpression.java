package io.vivace.traceql;

/// What selects spans of a trace.
public sealed interface SpansetExpression {
  /// `{ … }`.
  record Filter(FieldExpression body) implements SpansetExpression {}

  /// Two sides.
  record Operation(SpansetOperator operator, SpansetExpression left, SpansetExpression right)
      implements SpansetExpression {}

  /// A pipeline in brackets.
  record Nested(Pipeline pipeline) implements SpansetExpression {}
}
