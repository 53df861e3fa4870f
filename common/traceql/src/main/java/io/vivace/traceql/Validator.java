package io.vivace.traceql;

import java.util.List;

/// Checks types, arguments and names, depth first; the first error wins (traceql.md §5).
final class Validator {
  private static final int MAX_LABELS = 5;
  private static final List<String> FEWER_LABELS =
      List.of("quantile_over_time", "histogram_over_time", "avg_over_time");

  private Validator() {}

  static void check(Query query) {
    check(query.pipeline());
    switch (query.metrics()) {
      case null -> {}
      case MetricsStage.OverTime overTime -> check(overTime);
      case MetricsStage.Compare compare -> check(compare);
    }
    Query.SecondStage second = query.second();
    if (second != null) {
      if (second.limit() <= 0) {
        throw invalid("limit must be greater than 0");
      }
      if (query.metrics() instanceof MetricsStage.Compare) {
        throw invalid("`compare()` cannot be used with second stage functions");
      }
    }
  }

  private static void check(Pipeline pipeline) {
    pipeline.stages().forEach(Validator::check);
  }

  private static void check(Stage stage) {
    switch (stage) {
      case Stage.Spanset spanset -> check(spanset.expression());
      case Stage.ScalarFilter filter -> {
        check(filter.left());
        check(filter.right());
        if (!(filter.left() instanceof ScalarExpression.Aggregate)) {
          throw unsupported("scalar filter lhs of type (%v) not yet supported");
        }
        if (!(filter.right() instanceof ScalarExpression.Literal)) {
          throw unsupported("scalar filter rhs of type (%v) not yet supported");
        }
      }
      case Stage.GroupBy group -> {
        if (!group.expression().mentionsAttribute()) {
          throw invalid(
              "grouping field expressions must reference the span: " + Printer.print(stage));
        }
        check(group.expression());
      }
      case Stage.Coalesce coalesce -> {}
      case Stage.Select select -> select.attributes().forEach(Validator::check);
    }
  }

  private static void check(SpansetExpression expression) {
    switch (expression) {
      case SpansetExpression.Filter filter -> {
        check(filter.body());
        ValueType type = FieldTypes.typeOf(filter.body());
        if (type != ValueType.BOOLEAN && type != ValueType.UNKNOWN) {
          throw invalid(
              "span filter field expressions must resolve to a boolean: "
                  + Printer.print(expression));
        }
      }
      case SpansetExpression.Operation operation -> {
        check(operation.left());
        check(operation.right());
      }
      case SpansetExpression.Nested nested -> check(nested.pipeline());
    }
  }

  private static void check(ScalarExpression expression) {
    switch (expression) {
      case ScalarExpression.Aggregate aggregate -> check(aggregate);
      case ScalarExpression.Literal literal -> {}
      case ScalarExpression.Operation operation -> {
        check(operation.left());
        check(operation.right());
      }
      case ScalarExpression.OfPipeline scalar -> {
        check(scalar.pipeline());
        check(scalar.aggregate());
      }
    }
  }

  private static void check(ScalarExpression.Aggregate aggregate) {
    FieldExpression argument = aggregate.argument();
    if (argument == null) {
      return;
    }
    check(argument);
    ValueType type = FieldTypes.typeOf(argument);
    if (type != ValueType.UNKNOWN && !type.isNumeric()) {
      throw invalid(
          "aggregate field expressions must resolve to a number type: " + Printer.print(aggregate));
    }
    if (!argument.mentionsAttribute()) {
      throw invalid(
          "aggregate field expressions must reference the span: " + Printer.print(aggregate));
    }
  }

  private static void check(FieldExpression expression) {
    switch (expression) {
      case FieldExpression.Literal literal -> {}
      case FieldExpression.Attribute attribute -> check(attribute.reference());
      case FieldExpression.Negative negative -> {
        check(negative.operand());
        ValueType type = FieldTypes.typeOf(negative.operand());
        checkUnary(type == ValueType.UNKNOWN || type.isNumeric(), expression);
      }
      case FieldExpression.Not not -> {
        check(not.operand());
        ValueType type = FieldTypes.typeOf(not.operand());
        checkUnary(type == ValueType.UNKNOWN || type == ValueType.BOOLEAN, expression);
      }
      case FieldExpression.Exists exists -> check(exists.operand());
      case FieldExpression.Binary binary -> check(binary);
    }
  }

  private static void checkUnary(boolean allowed, FieldExpression expression) {
    if (!allowed) {
      throw invalid("illegal operation for the given type: " + Printer.print(expression));
    }
  }

  private static void check(FieldExpression.Binary binary) {
    check(binary.left());
    check(binary.right());
    ValueType left = FieldTypes.typeOf(binary.left());
    ValueType right = FieldTypes.typeOf(binary.right());
    if (!left.meets(right)) {
      throw invalid("binary operations must operate on the same type: " + Printer.print(binary));
    }
    if (!FieldTypes.areValid(binary.operator(), left, right)) {
      throw invalid("illegal operation for the given types: " + Printer.print(binary));
    }
    if (binary.operator().isRegex()
        && binary.right() instanceof FieldExpression.Literal(Value pattern)
        && pattern.type() == ValueType.STRING) {
      TextMatcher.compile(pattern.text());
    }
  }

  private static void check(AttributeReference reference) {
    switch (reference) {
      case AttributeReference.Named named -> {
        if (named.parent()) {
          throw unsupported("parent not yet supported");
        }
      }
      case Intrinsic intrinsic -> {
        if (intrinsic == Intrinsic.PARENT || intrinsic == Intrinsic.CHILD_COUNT) {
          throw unsupported("intrinsic (" + intrinsic.text() + ") not yet supported");
        }
      }
    }
  }

  private static void check(MetricsStage.OverTime stage) {
    int max = FEWER_LABELS.contains(stage.function()) ? MAX_LABELS - 1 : MAX_LABELS;
    if (stage.by().size() > max) {
      throw unsupported("metrics group by " + stage.by().size() + " values not yet supported");
    }
    for (double quantile : stage.quantiles()) {
      if (quantile < 0 || quantile > 1) {
        throw invalid("quantile must be between 0 and 1: " + goNumber(quantile));
      }
    }
  }

  /// As Go prints a number with `%v`.
  private static String goNumber(double number) {
    String text = Literals.printFloat(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void check(MetricsStage.Compare compare) {
    check(compare.selection());
    if (compare.topN() <= 0) {
      throw invalid("compare() top number of values must be integer greater than 0");
    }
    if (compare.start() == 0 && compare.end() == 0) {
      return;
    }
    if (compare.start() <= 0 || compare.end() <= 0) {
      throw invalid("compare() timestamps must be positive integer unix nanoseconds");
    }
    if (compare.end() <= compare.start()) {
      throw invalid("compare() end timestamp must be greater than start timestamp");
    }
  }

  private static TraceQlException invalid(String message) {
    return new TraceQlException.Invalid(message);
  }

  private static TraceQlException unsupported(String message) {
    return new TraceQlException.Unsupported(message);
  }
}
