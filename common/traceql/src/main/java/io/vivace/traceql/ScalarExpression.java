package io.vivace.traceql;

import org.jspecify.annotations.Nullable;

/// A value of a spanset.
public sealed interface ScalarExpression {
  /// Functions over the spans of a spanset.
  enum Function {
    /// Number of spans.
    COUNT,
    /// Greatest value.
    MAX,
    /// Least value.
    MIN,
    /// Mean of values.
    AVG,
    /// Sum of values.
    SUM;

    /// As it is written.
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A function.
  ///
  /// @param argument what it is computed of; null for `count()`
  record Aggregate(Function function, @Nullable FieldExpression argument)
      implements ScalarExpression {}

  /// A number.
  record Literal(Value value) implements ScalarExpression {}

  /// Arithmetic; parses, rejected by validation.
  record Operation(Operator operator, ScalarExpression left, ScalarExpression right)
      implements ScalarExpression {}

  /// A pipeline in brackets that ends with an aggregate; parses, rejected by validation.
  record OfPipeline(Pipeline pipeline, Aggregate aggregate) implements ScalarExpression {}
}
