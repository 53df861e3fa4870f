package io.vivace.traceql;

/// Finds queries that no data can match (traceql.md §8.5).
final class Noop {
  private Noop() {}

  static boolean isNoop(Pipeline pipeline) {
    return pipeline.stages().stream()
        .allMatch(stage -> stage instanceof Stage.Spanset spanset && isNoop(spanset.expression()));
  }

  private static boolean isNoop(SpansetExpression expression) {
    return switch (expression) {
      case SpansetExpression.Filter(FieldExpression.Literal literal) -> !literal.value().isTrue();
      case SpansetExpression.Filter filter -> false;
      case SpansetExpression.Operation operation ->
          isNoop(operation.left()) && isNoop(operation.right());
      case SpansetExpression.Nested nested -> isNoop(nested.pipeline());
    };
  }
}
