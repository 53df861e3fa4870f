package io.vivace.traceql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What turns spans into series.
public sealed interface MetricsStage {
  /// A function of a value or of the number of spans.
  ///
  /// @param function as it is written: `rate`, `max_over_time` …
  /// @param argument null for `rate` and `count_over_time`
  /// @param quantiles of `quantile_over_time`, otherwise empty
  /// @param by labels
  record OverTime(
      String function,
      @Nullable AttributeReference argument,
      List<Double> quantiles,
      List<AttributeReference> by)
      implements MetricsStage {}

  /// `compare`.
  ///
  /// @param selection which spans are compared with the others
  /// @param topN most values per attribute
  /// @param start of the selection in unix nanoseconds, 0 with `end` 0 for no bounds
  /// @param end of the selection
  record Compare(SpansetExpression.Filter selection, long topN, long start, long end)
      implements MetricsStage {}
}
