package io.vivace.traceql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parses pipelines.
///
/// Brackets may hold a spanset, a pipeline, a scalar or a pipeline that ends with an aggregate;
/// what is allowed depends on what stands in front. Where a bracketed spanset could be a spanset or
/// a pipeline it is a spanset, as in Tempo's grammar.
final class PipelineParser {
  /// What brackets may hold: a set of these.
  private static final int SPANSET = 1;

  private static final int PIPELINE = 2;
  private static final int SCALAR = 4;
  private static final int PIPELINE_SCALAR = 8;

  /// Content that a pipeline may begin with.
  private static final int ANY_PIPELINE = PIPELINE | PIPELINE_SCALAR;

  private static final Map<String, SpansetOperator> SPANSET_OPERATORS =
      Stream.of(SpansetOperator.values())
          .collect(Collectors.toUnmodifiableMap(SpansetOperator::text, Function.identity()));

  /// Something with a side: `kind` is one of the four bits, and one of the others is there.
  private record Operand(
      int kind, @Nullable SpansetExpression spanset, @Nullable ScalarExpression scalar) {
    static Operand of(SpansetExpression expression, boolean pipeline) {
      return new Operand(pipeline ? PIPELINE : SPANSET, expression, null);
    }

    static Operand of(ScalarExpression expression, boolean pipeline) {
      return new Operand(pipeline ? PIPELINE_SCALAR : SCALAR, null, expression);
    }

    SpansetExpression asSpanset() {
      if (spanset == null) {
        throw new IllegalStateException("operand: " + scalar + " (expected: a spanset)");
      }
      return spanset;
    }

    ScalarExpression asScalar() {
      if (scalar == null) {
        throw new IllegalStateException("operand: " + spanset + " (expected: a scalar)");
      }
      return scalar;
    }
  }

  /// The pipeline of a query and whether a metrics stage may follow.
  record Top(Pipeline pipeline, boolean canBePiped) {}

  private final Tokens tokens;
  private final FieldParser fields;
  private final AttributeParser attributes;
  private int depth;

  PipelineParser(Tokens tokens, FieldParser fields, AttributeParser attributes) {
    this.tokens = tokens;
    this.fields = fields;
    this.attributes = attributes;
  }

  Top top() {
    if (tokens.is("by") || tokens.is("select")) {
      return new Top(stages(wordStage()), true);
    }
    Operand first = expression(SPANSET | PIPELINE | SCALAR | PIPELINE_SCALAR, 0);
    return switch (first.kind()) {
      case SPANSET -> new Top(stages(new Stage.Spanset(first.asSpanset())), true);
      case SCALAR -> new Top(stages(scalarFilter(first.asScalar())), true);
      case PIPELINE -> new Top(new Pipeline(List.of(new Stage.Spanset(first.asSpanset()))), false);
      default -> new Top(new Pipeline(List.of(pipelineScalarFilter(first.asScalar()))), false);
    };
  }

  /// The stages behind a first one, up to the end or to a metrics stage, whose pipe is left.
  private Pipeline stages(Stage first) {
    List<Stage> stages = new ArrayList<>();
    stages.add(first);
    while (tokens.is("|")) {
      tokens.take();
      if (MetricsParser.begins(tokens.current())) {
        tokens.putBackPipe();
        break;
      }
      stages.add(stage());
    }
    return new Pipeline(List.copyOf(stages));
  }

  private Stage stage() {
    if (tokens.is("by") || tokens.is("select") || tokens.is("coalesce")) {
      return wordStage();
    }
    Operand operand = expression(SPANSET | SCALAR, 0);
    return operand.kind() == SPANSET
        ? new Stage.Spanset(operand.asSpanset())
        : scalarFilter(operand.asScalar());
  }

  private Stage wordStage() {
    String word = tokens.take().text();
    tokens.expect("(");
    Stage stage =
        switch (word) {
          case "by" -> new Stage.GroupBy(fields.parse());
          case "select" -> new Stage.Select(selection());
          default -> new Stage.Coalesce();
        };
    if (!tokens.accept(")")) {
      throw switch (word) {
        case "by" -> tokens.unexpected();
        case "select" -> tokens.unexpected(")", ",");
        default -> tokens.unexpected(")");
      };
    }
    return stage;
  }

  private List<AttributeReference> selection() {
    List<AttributeReference> selected = new ArrayList<>();
    do {
      AttributeReference attribute = attributes.parse();
      if (attribute == null) {
        throw tokens.unexpected();
      }
      selected.add(attribute);
    } while (tokens.accept(","));
    return List.copyOf(selected);
  }

  private Stage scalarFilter(ScalarExpression left) {
    Operator operator = comparison();
    return new Stage.ScalarFilter(operator, left, expression(SCALAR, 0).asScalar());
  }

  private Stage pipelineScalarFilter(ScalarExpression left) {
    Operator operator = comparison();
    Value constant = fields.constant();
    ScalarExpression right =
        constant == null
            ? expression(PIPELINE_SCALAR, 0).asScalar()
            : new ScalarExpression.Literal(constant);
    return new Stage.ScalarFilter(operator, left, right);
  }

  private Operator comparison() {
    Operator operator = operator();
    if (operator == null || !operator.isComparison() || operator.isRegex()) {
      throw tokens.unexpected();
    }
    tokens.take();
    return operator;
  }

  private @Nullable Operator operator() {
    return tokens.is(Token.Kind.SYMBOL) ? FieldParser.OPERATORS.get(tokens.current().text()) : null;
  }

  /// Operands joined by operators of their kind that bind at least as tightly as `power`.
  private Operand expression(int allowed, int power) {
    if (++depth > FieldParser.MAX_DEPTH) {
      throw tokens.tooDeep(FieldParser.MAX_DEPTH);
    }
    Operand left = operand(allowed);
    int length = 0;
    while (true) {
      Operand joined =
          left.spanset() != null ? joinSpansets(left, power) : joinScalars(left, power);
      if (joined == null) {
        break;
      }
      left = joined;
      if (++length > FieldParser.MAX_DEPTH) {
        throw tokens.tooDeep(FieldParser.MAX_DEPTH);
      }
    }
    depth--;
    return left;
  }

  private @Nullable Operand joinSpansets(Operand left, int power) {
    SpansetOperator operator =
        tokens.is(Token.Kind.SYMBOL) ? SPANSET_OPERATORS.get(tokens.current().text()) : null;
    if (operator == null || operator.precedence() < power) {
      return null;
    }
    tokens.take();
    Operand right = expression(left.kind(), operator.precedence() + 1);
    return Operand.of(
        new SpansetExpression.Operation(operator, left.asSpanset(), right.asSpanset()),
        left.kind() == PIPELINE);
  }

  private @Nullable Operand joinScalars(Operand left, int power) {
    Operator operator = operator();
    if (operator == null || !operator.isArithmetic() || operator.precedence() < power) {
      return null;
    }
    tokens.take();
    boolean toTheRight = operator == Operator.POWER;
    Operand right = expression(left.kind(), operator.precedence() + (toTheRight ? 0 : 1));
    return Operand.of(
        new ScalarExpression.Operation(operator, left.asScalar(), right.asScalar()),
        left.kind() == PIPELINE_SCALAR);
  }

  private Operand operand(int allowed) {
    if (tokens.is("(")) {
      return brackets(allowed);
    }
    if ((allowed & SPANSET) != 0 && tokens.is("{")) {
      return Operand.of(filter(tokens, fields), false);
    }
    ScalarExpression scalar = (allowed & SCALAR) != 0 ? scalar() : null;
    if (scalar != null) {
      return Operand.of(scalar, false);
    }
    throw switch (allowed) {
      case SPANSET -> tokens.unexpected("{", "(");
      case PIPELINE, PIPELINE_SCALAR -> tokens.unexpected("(");
      default -> tokens.unexpected();
    };
  }

  static SpansetExpression.Filter filter(Tokens tokens, FieldParser fields) {
    tokens.expect("{");
    FieldExpression body =
        tokens.is("}") ? new FieldExpression.Literal(Value.TRUE) : fields.parse();
    if (!tokens.accept("}")) {
      throw tokens.unexpected();
    }
    return new SpansetExpression.Filter(body);
  }

  private @Nullable ScalarExpression scalar() {
    boolean negative = tokens.accept("-");
    if (tokens.is(Token.Kind.INTEGER)
        || tokens.is(Token.Kind.FLOAT)
        || tokens.is(Token.Kind.DURATION)) {
      Value value = tokens.take().value();
      return new ScalarExpression.Literal(negative ? Operations.negate(value) : value);
    }
    if (negative) {
      throw tokens.unexpected("INTEGER", "FLOAT", "DURATION");
    }
    return aggregate();
  }

  private ScalarExpression.@Nullable Aggregate aggregate() {
    for (ScalarExpression.Function function : ScalarExpression.Function.values()) {
      if (tokens.accept(function.text())) {
        tokens.expect("(");
        FieldExpression argument =
            function == ScalarExpression.Function.COUNT ? null : fields.parse();
        if (!tokens.accept(")")) {
          throw argument == null ? tokens.unexpected(")") : tokens.unexpected();
        }
        return new ScalarExpression.Aggregate(function, argument);
      }
    }
    return null;
  }

  private Operand brackets(int allowed) {
    tokens.expect("(");
    List<Stage> stages = new ArrayList<>();
    if ((allowed & ANY_PIPELINE) != 0 && (tokens.is("by") || tokens.is("select"))) {
      stages.add(wordStage());
    } else {
      Operand content = expression(contentOf(allowed), 0);
      if ((content.kind() & allowed) != 0 && tokens.accept(")")) {
        return content;
      }
      stages.add(firstStage(content, allowed));
    }
    while (tokens.is("|") && (allowed & ANY_PIPELINE) != 0) {
      tokens.take();
      ScalarExpression.Aggregate last = null;
      if (tokens.is("by") || tokens.is("select") || tokens.is("coalesce")) {
        stages.add(wordStage());
      } else {
        Operand operand = expression(SPANSET | SCALAR, 0);
        if (operand.kind() == SPANSET) {
          stages.add(new Stage.Spanset(operand.asSpanset()));
        } else if ((allowed & PIPELINE_SCALAR) != 0
            && operand.scalar() instanceof ScalarExpression.Aggregate aggregate
            && tokens.is(")")) {
          last = aggregate;
        } else {
          stages.add(scalarFilter(operand.asScalar()));
        }
      }
      if (last != null) {
        tokens.expect(")");
        return Operand.of(
            new ScalarExpression.OfPipeline(new Pipeline(List.copyOf(stages)), last), true);
      }
    }
    if ((allowed & PIPELINE) == 0) {
      throw tokens.unexpected();
    }
    if (!tokens.accept(")")) {
      throw tokens.unexpected(")", "|");
    }
    return Operand.of(new SpansetExpression.Nested(new Pipeline(List.copyOf(stages))), true);
  }

  /// What may stand directly inside brackets that may be one of `allowed`.
  private static int contentOf(int allowed) {
    int content = allowed & ANY_PIPELINE;
    if ((allowed & (SPANSET | ANY_PIPELINE)) != 0) {
      content |= SPANSET;
    }
    if ((allowed & (SCALAR | ANY_PIPELINE)) != 0) {
      content |= SCALAR;
    }
    return content;
  }

  /// The content of brackets that does not end there, as the first stage of a pipeline.
  private Stage firstStage(Operand content, int allowed) {
    boolean canBePipeline = (allowed & ANY_PIPELINE) != 0;
    if (canBePipeline && content.kind() == SCALAR) {
      return scalarFilter(content.asScalar());
    }
    boolean goesOn = tokens.is("|") || tokens.is(")") && (allowed & PIPELINE) != 0;
    if (canBePipeline && content.kind() == SPANSET && goesOn) {
      return new Stage.Spanset(content.asSpanset());
    }
    throw content.kind() == SPANSET && canBePipeline
        ? tokens.unexpected(")", "|")
        : tokens.unexpected();
  }
}
