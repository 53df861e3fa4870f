package io.vivace.traceql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses a whole query: a pipeline, a metrics stage, hints (traceql.md §3.1).
final class QueryParser {
  private final Tokens tokens;
  private final FieldParser fields;
  private final PipelineParser pipelines;
  private final MetricsParser metrics;

  QueryParser(String text) {
    tokens = new Tokens(text);
    AttributeParser attributes = new AttributeParser(tokens);
    fields = new FieldParser(tokens, attributes);
    pipelines = new PipelineParser(tokens, fields, attributes);
    metrics = new MetricsParser(tokens, fields, attributes);
  }

  Query query() {
    PipelineParser.Top top = pipelines.top();
    MetricsStage stage = null;
    Query.SecondStage second = null;
    if (top.canBePiped() && tokens.accept("|")) {
      stage = metrics.stage();
      if (tokens.accept("|")) {
        second = metrics.secondStage();
      }
    }
    List<Query.Hint> hints = List.of();
    while (tokens.accept("with")) {
      hints = hints();
    }
    if (!tokens.is(Token.Kind.END)) {
      throw tokens.unexpected("with");
    }
    return new Query(top.pipeline(), stage, second, hints);
  }

  private List<Query.Hint> hints() {
    tokens.expect("(");
    List<Query.Hint> hints = new ArrayList<>();
    do {
      String name = tokens.expect(Token.Kind.IDENTIFIER).text();
      tokens.expect("=");
      @Nullable Value value = fields.constant();
      if (value == null) {
        throw tokens.unexpected();
      }
      hints.add(new Query.Hint(name, value));
    } while (tokens.accept(","));
    if (!tokens.accept(")")) {
      throw tokens.unexpected(")", ",");
    }
    return List.copyOf(hints);
  }
}
