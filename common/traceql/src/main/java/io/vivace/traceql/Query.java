package io.vivace.traceql;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A whole query, immutable.
///
/// @param pipeline what selects spans
/// @param metrics what makes series of them; null in a search
/// @param second `topk` or `bottomk` behind the metrics stage; null without
/// @param hints the last `with(…)`
public record Query(
    Pipeline pipeline,
    @Nullable MetricsStage metrics,
    @Nullable SecondStage second,
    List<Hint> hints) {

  /// A name and a value of `with(…)`.
  public record Hint(String name, Value value) {}

  /// `topk(limit)` or `bottomk(limit)`.
  public record SecondStage(boolean top, long limit) {}

  /// Parses and checks a text.
  ///
  /// @throws TraceQlException with the text that clients see
  public static Query parse(String text) {
    Query query = parseUnchecked(text);
    Validator.check(query);
    return query;
  }

  /// Parses a text without the checks of types and arguments.
  ///
  /// @throws TraceQlException.Syntax for text that is no TraceQL
  public static Query parseUnchecked(String text) {
    return new QueryParser(text).query();
  }

  /// Whether it yields series.
  public boolean isMetrics() {
    return metrics != null;
  }

  /// The hint of this name when its value has this type.
  public Optional<Value> hint(String name, ValueType type) {
    return hints.stream()
        .filter(hint -> hint.name().equals(name) && hint.value().type() == type)
        .map(Hint::value)
        .findFirst();
  }

  /// Whether the newest traces are asked for (hint `most_recent`).
  public boolean mostRecent() {
    return hint("most_recent", ValueType.BOOLEAN).filter(Value::isTrue).isPresent();
  }

  /// Whether the answer is empty whatever the data: all stages are constant-false filters
  /// (traceql.md §8.5).
  public boolean isNoop() {
    return Noop.isNoop(pipeline);
  }

  /// The canonical text (traceql.md §3.5).
  @Override
  public String toString() {
    return Printer.print(this);
  }
}
