package io.vivace.traceql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An attribute or intrinsic that a query names and whose values an answer therefore shows.
///
/// A value is shown when it satisfies one of the comparisons with a literal, or when the query also
/// names it without one: in `select`, `by`, arithmetic, an existence test.
public final class Mention {
  private record Comparison(Operator operator, Value literal, @Nullable TextMatcher regex) {}

  private final AttributeReference reference;
  private final List<Comparison> comparisons = new ArrayList<>();
  private boolean always;

  private Mention(AttributeReference reference) {
    this.reference = reference;
  }

  /// The mentions of a pipeline in order of their first appearance.
  public static List<Mention> of(Pipeline pipeline) {
    Map<AttributeReference, Mention> mentions = new LinkedHashMap<>();
    add(pipeline, mentions);
    return List.copyOf(mentions.values());
  }

  /// What is named.
  public AttributeReference reference() {
    return reference;
  }

  /// Whether every value is shown.
  public boolean isAlwaysShown() {
    return always;
  }

  /// The part of a value that is shown: all, of an array the elements that satisfy a comparison, or
  /// [Value#NIL].
  public Value shown(Value value) {
    if (always || value.type() == ValueType.NIL) {
      return value;
    }
    if (value.type() != ValueType.ARRAY) {
      return satisfies(value) ? value : Value.NIL;
    }
    List<Value> elements = value.elements().stream().filter(this::satisfies).toList();
    return switch (elements.size()) {
      case 0 -> Value.NIL;
      case 1 -> elements.getFirst();
      default -> Value.ofArray(elements);
    };
  }

  private boolean satisfies(Value value) {
    for (Comparison comparison : comparisons) {
      if (Operations.test(comparison.operator(), value, comparison.literal(), comparison.regex())) {
        return true;
      }
    }
    return false;
  }

  private void add(Operator operator, Value literal) {
    boolean isRegex = operator.isRegex() && literal.type() == ValueType.STRING;
    TextMatcher regex = isRegex ? TextMatcher.compileOrNull(literal.text()) : null;
    comparisons.add(new Comparison(operator, Ids.normalized(reference, operator, literal), regex));
  }

  private static Mention get(
      AttributeReference reference, Map<AttributeReference, Mention> mentions) {
    return mentions.computeIfAbsent(reference, Mention::new);
  }

  private static void add(Pipeline pipeline, Map<AttributeReference, Mention> mentions) {
    for (Stage stage : pipeline.stages()) {
      switch (stage) {
        case Stage.Spanset spanset -> add(spanset.expression(), mentions);
        case Stage.ScalarFilter filter -> add(filter.left(), mentions);
        case Stage.GroupBy group -> add(group.expression(), mentions);
        case Stage.Coalesce coalesce -> {}
        case Stage.Select select ->
            select.attributes().forEach(reference -> get(reference, mentions).always = true);
      }
    }
  }

  private static void add(SpansetExpression expression, Map<AttributeReference, Mention> mentions) {
    switch (expression) {
      case SpansetExpression.Filter filter -> add(filter.body(), mentions);
      case SpansetExpression.Operation operation -> {
        add(operation.left(), mentions);
        add(operation.right(), mentions);
      }
      case SpansetExpression.Nested nested -> add(nested.pipeline(), mentions);
    }
  }

  private static void add(ScalarExpression expression, Map<AttributeReference, Mention> mentions) {
    if (expression instanceof ScalarExpression.Aggregate aggregate) {
      FieldExpression argument = aggregate.argument();
      if (argument != null) {
        add(argument, mentions);
      }
    }
  }

  private static void add(FieldExpression expression, Map<AttributeReference, Mention> mentions) {
    switch (expression) {
      case FieldExpression.Literal literal -> {}
      case FieldExpression.Attribute attribute ->
          get(attribute.reference(), mentions).always = true;
      case FieldExpression.Negative negative -> add(negative.operand(), mentions);
      case FieldExpression.Not not -> add(not.operand(), mentions);
      case FieldExpression.Exists exists -> add(exists.operand(), mentions);
      case FieldExpression.Binary(
              Operator operator,
              FieldExpression.Attribute attribute,
              FieldExpression.Literal literal)
          when operator.isComparison() ->
          get(attribute.reference(), mentions).add(operator, literal.value());
      case FieldExpression.Binary(
              Operator operator,
              FieldExpression.Literal literal,
              FieldExpression.Attribute attribute)
          when operator.isComparison() && !operator.isRegex() ->
          get(attribute.reference(), mentions).add(operator.mirrored(), literal.value());
      case FieldExpression.Binary binary -> {
        add(binary.left(), mentions);
        add(binary.right(), mentions);
      }
    }
  }
}
