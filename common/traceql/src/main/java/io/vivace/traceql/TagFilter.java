package io.vivace.traceql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The filter of requests about tags: a query that is maybe still being typed (traceql.md §15).
///
/// Of a valid query with a single spanset filter that filter counts; of an incomplete one the
/// conditions joined by `&&` that are complete. Conditions that are bare attributes are left out.
/// Anything else means no filter; nothing is ever an error.
public final class TagFilter {
  private TagFilter() {}

  /// The filter, or nothing when there is none.
  public static Optional<FieldExpression> parse(String query) {
    List<FieldExpression> conditions = new ArrayList<>();
    try {
      Query parsed = Query.parse(query);
      if (parsed.metrics() == null
          && parsed.pipeline().stages().size() == 1
          && parsed.pipeline().stages().getFirst()
              instanceof Stage.Spanset(SpansetExpression.Filter filter)) {
        collect(filter.body(), conditions);
      }
    } catch (TraceQlException incomplete) {
      for (String part : parts(query)) {
        collect(condition(part), conditions);
      }
    }
    return conditions.stream().reduce((a, b) -> new FieldExpression.Binary(Operator.AND, a, b));
  }

  /// The value that the filter demands of the attribute, when it is one of the joined conditions
  /// `attribute = literal`.
  public static Optional<Value> pinned(FieldExpression filter, AttributeReference attribute) {
    List<FieldExpression> conditions = new ArrayList<>();
    collect(filter, conditions);
    for (FieldExpression condition : conditions) {
      if (condition
              instanceof
              FieldExpression.Binary(
                  Operator operator,
                  FieldExpression.Attribute(AttributeReference reference),
                  FieldExpression.Literal(Value literal))
          && operator == Operator.EQUAL
          && reference.equals(attribute)) {
        return Optional.of(literal);
      }
    }
    return Optional.empty();
  }

  private static void collect(
      @Nullable FieldExpression expression, List<FieldExpression> conditions) {
    switch (expression) {
      case null -> {}
      case FieldExpression.Binary binary when binary.operator() == Operator.AND -> {
        collect(binary.left(), conditions);
        collect(binary.right(), conditions);
      }
      case FieldExpression.Literal(Value value) when value.isTrue() -> {}
      case FieldExpression.Attribute bare -> {}
      case FieldExpression.Literal literal -> conditions.add(literal);
      case FieldExpression.Negative negative -> conditions.add(negative);
      case FieldExpression.Not not -> conditions.add(not);
      case FieldExpression.Exists exists -> conditions.add(exists);
      case FieldExpression.Binary binary -> conditions.add(binary);
    }
  }

  /// The complete condition of a part, or null.
  private static @Nullable FieldExpression condition(String part) {
    try {
      Query query = Query.parse("{ " + part + " }");
      return query.pipeline().stages().getFirst()
              instanceof Stage.Spanset(SpansetExpression.Filter filter)
          ? filter.body()
          : null;
    } catch (TraceQlException incomplete) {
      return null;
    }
  }

  /// The texts between `{`, `&&` and `}`; none when there is a pipe, an `||` or a second filter.
  private static List<String> parts(String query) {
    int start = query.indexOf('{');
    if (start < 0 || !query.substring(0, start).isBlank()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    int from = start + 1;
    char quote = 0;
    for (int i = from; i < query.length(); i++) {
      char c = query.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '`') {
        quote = c;
      } else if (c == '|' || c == '{') {
        return List.of();
      } else if (c == '}') {
        parts.add(query.substring(from, i));
        return query.substring(i + 1).isBlank() ? parts : List.of();
      } else if (query.startsWith("&&", i)) {
        parts.add(query.substring(from, i));
        i++;
        from = i + 1;
      }
    }
    parts.add(query.substring(from));
    return parts;
  }
}
