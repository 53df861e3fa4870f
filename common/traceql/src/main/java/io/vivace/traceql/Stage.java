package io.vivace.traceql;

import java.util.List;

/// One step of a pipeline: from spansets to spansets.
public sealed interface Stage {
  /// Selects spans.
  record Spanset(SpansetExpression expression) implements Stage {}

  /// Keeps spansets by a value of theirs.
  record ScalarFilter(Operator operator, ScalarExpression left, ScalarExpression right)
      implements Stage {}

  /// Splits spansets by a value of their spans.
  record GroupBy(FieldExpression expression) implements Stage {}

  /// Joins the spansets of a trace.
  record Coalesce() implements Stage {}

  /// Asks for attributes in the answer.
  record Select(List<AttributeReference> attributes) implements Stage {}
}
