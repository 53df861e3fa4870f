package io.vivace.traceql;

import java.util.Locale;
import java.util.stream.Collectors;

/// Writes the canonical text (traceql.md §3.5).
final class Printer {
  private Printer() {}

  static String print(Query query) {
    StringBuilder text = new StringBuilder(print(query.pipeline()));
    if (query.metrics() != null) {
      text.append(" | ").append(print(query.metrics()));
    }
    Query.SecondStage second = query.second();
    if (second != null) {
      text.append(second.top() ? " | topk(" : " | bottomk(").append(second.limit()).append(')');
    }
    if (!query.hints().isEmpty()) {
      text.append(
          query.hints().stream()
              .map(hint -> hint.name() + "=" + hint.value())
              .collect(Collectors.joining(",", " with(", ")")));
    }
    return text.toString();
  }

  static String print(Pipeline pipeline) {
    return pipeline.stages().stream().map(Printer::print).collect(Collectors.joining("|"));
  }

  static String print(Stage stage) {
    return switch (stage) {
      case Stage.Spanset spanset -> print(spanset.expression());
      case Stage.ScalarFilter filter ->
          bracketed(filter.left())
              + " "
              + filter.operator().text()
              + " "
              + bracketed(filter.right());
      case Stage.GroupBy group -> "by(" + print(group.expression()) + ")";
      case Stage.Coalesce coalesce -> "coalesce()";
      case Stage.Select select ->
          select.attributes().stream()
              .map(AttributeReference::text)
              .collect(Collectors.joining(", ", "select(", ")"));
    };
  }

  static String print(SpansetExpression expression) {
    return switch (expression) {
      case SpansetExpression.Filter filter -> "{ " + print(filter.body()) + " }";
      case SpansetExpression.Operation operation ->
          "("
              + print(operation.left())
              + ") "
              + operation.operator().text()
              + " ("
              + print(operation.right())
              + ")";
      case SpansetExpression.Nested nested -> print(nested.pipeline());
    };
  }

  static String print(ScalarExpression expression) {
    return switch (expression) {
      case ScalarExpression.Aggregate aggregate -> {
        FieldExpression argument = aggregate.argument();
        yield aggregate.function().text() + "(" + (argument == null ? "" : print(argument)) + ")";
      }
      case ScalarExpression.Literal literal -> literal.value().toString();
      case ScalarExpression.Operation operation ->
          bracketed(operation.left())
              + " "
              + operation.operator().text()
              + " "
              + bracketed(operation.right());
      case ScalarExpression.OfPipeline scalar ->
          print(scalar.pipeline()) + "|" + print(scalar.aggregate());
    };
  }

  private static String bracketed(ScalarExpression expression) {
    String text = print(expression);
    return expression instanceof ScalarExpression.Literal ? text : "(" + text + ")";
  }

  static String print(FieldExpression expression) {
    StringBuilder text = new StringBuilder();
    print(expression, text);
    return text.toString();
  }

  private static void print(FieldExpression expression, StringBuilder text) {
    switch (expression) {
      case FieldExpression.Literal literal -> text.append(literal.value());
      case FieldExpression.Attribute attribute -> text.append(attribute.reference().text());
      case FieldExpression.Negative negative -> bracketed(negative.operand(), text.append('-'));
      case FieldExpression.Not not -> bracketed(not.operand(), text.append('!'));
      case FieldExpression.Exists exists -> {
        bracketed(exists.operand(), text);
        text.append(" != nil");
      }
      case FieldExpression.Binary binary -> {
        bracketed(binary.left(), text);
        text.append(' ').append(binary.operator().text()).append(' ');
        bracketed(binary.right(), text);
      }
    }
  }

  private static void bracketed(FieldExpression expression, StringBuilder text) {
    boolean leaf =
        expression instanceof FieldExpression.Literal
            || expression instanceof FieldExpression.Attribute;
    text.append(leaf ? "" : "(");
    print(expression, text);
    text.append(leaf ? "" : ")");
  }

  private static String print(MetricsStage stage) {
    return switch (stage) {
      case MetricsStage.OverTime overTime -> print(overTime);
      // Tempo prints a brace and drops the numbers; no key for a cache may be made of this
      case MetricsStage.Compare compare -> "compare(" + print(compare.selection()) + "}";
    };
  }

  private static String print(MetricsStage.OverTime stage) {
    StringBuilder text = new StringBuilder(stage.function()).append('(');
    if (stage.argument() != null) {
      text.append(stage.argument().text());
    }
    stage.quantiles().forEach(q -> text.append(',').append(String.format(Locale.ROOT, "%.5f", q)));
    text.append(')');
    if (!stage.by().isEmpty()) {
      text.append(
          stage.by().stream()
              .map(AttributeReference::text)
              .collect(Collectors.joining(",", "by(", ")")));
    }
    return text.toString();
  }
}
