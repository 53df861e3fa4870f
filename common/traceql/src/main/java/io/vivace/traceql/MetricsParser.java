package io.vivace.traceql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Parses metrics stages.
final class MetricsParser {
  private static final Set<String> COUNTING = Set.of("rate", "count_over_time");
  private static final Set<String> MEASURING =
      Set.of(
          "min_over_time",
          "max_over_time",
          "sum_over_time",
          "avg_over_time",
          "histogram_over_time");
  private static final long DEFAULT_TOP = 10;

  private final Tokens tokens;
  private final FieldParser fields;
  private final AttributeParser attributes;

  MetricsParser(Tokens tokens, FieldParser fields, AttributeParser attributes) {
    this.tokens = tokens;
    this.fields = fields;
    this.attributes = attributes;
  }

  /// Whether a metrics stage begins with this token.
  static boolean begins(Token token) {
    return token.kind() == Token.Kind.SYMBOL
        && (COUNTING.contains(token.text())
            || MEASURING.contains(token.text())
            || token.is("quantile_over_time")
            || token.is("compare"));
  }

  MetricsStage stage() {
    if (!begins(tokens.current())) {
      throw tokens.unexpected();
    }
    String function = tokens.take().text();
    tokens.expect("(");
    if (function.equals("compare")) {
      return compare();
    }
    if (COUNTING.contains(function)) {
      tokens.expect(")");
      return new MetricsStage.OverTime(function, null, List.of(), by());
    }
    AttributeReference argument = attribute();
    List<Double> quantiles = List.of();
    if (MEASURING.contains(function)) {
      tokens.expect(")");
    } else {
      quantiles = quantiles();
    }
    return new MetricsStage.OverTime(function, argument, quantiles, by());
  }

  Query.SecondStage secondStage() {
    boolean top = tokens.is("topk");
    if (!top && !tokens.is("bottomk")) {
      throw tokens.unexpected("topk", "bottomk");
    }
    tokens.take();
    tokens.expect("(");
    long limit = tokens.expect(Token.Kind.INTEGER).value().bits();
    tokens.expect(")");
    return new Query.SecondStage(top, limit);
  }

  private List<Double> quantiles() {
    if (!tokens.is(",")) {
      throw tokens.unexpected(",");
    }
    List<Double> quantiles = new ArrayList<>();
    while (tokens.accept(",")) {
      if (!tokens.is(Token.Kind.INTEGER) && !tokens.is(Token.Kind.FLOAT)) {
        throw tokens.unexpected("INTEGER", "FLOAT");
      }
      quantiles.add(tokens.take().value().asDouble());
    }
    if (!tokens.accept(")")) {
      throw tokens.unexpected(")", ",");
    }
    return List.copyOf(quantiles);
  }

  private MetricsStage compare() {
    if (!tokens.is("{")) {
      throw tokens.unexpected("{");
    }
    SpansetExpression.Filter selection = PipelineParser.filter(tokens, fields);
    long[] numbers = {DEFAULT_TOP, 0, 0};
    if (tokens.accept(",")) {
      numbers[0] = tokens.expect(Token.Kind.INTEGER).value().bits();
      if (tokens.accept(",")) {
        numbers[1] = tokens.expect(Token.Kind.INTEGER).value().bits();
        tokens.expect(",");
        numbers[2] = tokens.expect(Token.Kind.INTEGER).value().bits();
        tokens.expect(")");
        return new MetricsStage.Compare(selection, numbers[0], numbers[1], numbers[2]);
      }
    }
    if (!tokens.accept(")")) {
      throw tokens.unexpected(")", ",");
    }
    return new MetricsStage.Compare(selection, numbers[0], numbers[1], numbers[2]);
  }

  private List<AttributeReference> by() {
    if (!tokens.accept("by")) {
      return List.of();
    }
    tokens.expect("(");
    List<AttributeReference> labels = new ArrayList<>();
    do {
      labels.add(attribute());
    } while (tokens.accept(","));
    if (!tokens.accept(")")) {
      throw tokens.unexpected(")", ",");
    }
    return List.copyOf(labels);
  }

  private AttributeReference attribute() {
    AttributeReference attribute = attributes.parse();
    if (attribute == null) {
      throw tokens.unexpected();
    }
    return attribute;
  }
}
