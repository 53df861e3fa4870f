package io.vivace.traceql;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parses field expressions by binding power (traceql.md §3.3) and folds constants (§3.4).
final class FieldParser {
  /// Highest tree and deepest nesting; Tempo has no bound besides the length of the text.
  static final int MAX_DEPTH = 500;

  private static final int MINUS = 40;
  private static final int NOT = 50;

  static final Map<String, Operator> OPERATORS =
      Stream.of(Operator.values())
          .collect(Collectors.toUnmodifiableMap(Operator::text, Function.identity()));

  private static final Map<String, Value> CONSTANTS =
      Map.ofEntries(
          Map.entry("true", Value.TRUE),
          Map.entry("false", Value.FALSE),
          Map.entry("unset", Value.ofStatus(0)),
          Map.entry("ok", Value.ofStatus(1)),
          Map.entry("error", Value.ofStatus(2)),
          Map.entry("unspecified", Value.ofKind(0)),
          Map.entry("internal", Value.ofKind(1)),
          Map.entry("server", Value.ofKind(2)),
          Map.entry("client", Value.ofKind(3)),
          Map.entry("producer", Value.ofKind(4)),
          Map.entry("consumer", Value.ofKind(5)));

  private final Tokens tokens;
  private final AttributeParser attributes;
  private int depth;

  /// Height of the tree that was parsed last.
  private int height;

  FieldParser(Tokens tokens, AttributeParser attributes) {
    this.tokens = tokens;
    this.attributes = attributes;
  }

  FieldExpression parse() {
    return parse(0);
  }

  private FieldExpression parse(int power) {
    enter();
    FieldExpression left = prefix();
    while (true) {
      Operator operator = operator();
      if (operator == null || operator.precedence() < power) {
        break;
      }
      tokens.take();
      int leftHeight = height;
      if (operator == Operator.NOT_EQUAL && tokens.accept("nil")) {
        left = FieldFolding.fold(new FieldExpression.Exists(left));
        grow(leftHeight, 0);
        continue;
      }
      boolean toTheRight = operator == Operator.POWER;
      FieldExpression right = parse(operator.precedence() + (toTheRight ? 0 : 1));
      left = FieldFolding.fold(new FieldExpression.Binary(operator, left, right));
      grow(leftHeight, height);
    }
    depth--;
    return left;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw tokens.tooDeep(MAX_DEPTH);
    }
  }

  private void grow(int left, int right) {
    height = Math.max(left, right) + 1;
    if (height > MAX_DEPTH) {
      throw tokens.tooDeep(MAX_DEPTH);
    }
  }

  private @Nullable Operator operator() {
    return tokens.is(Token.Kind.SYMBOL) ? OPERATORS.get(tokens.current().text()) : null;
  }

  private FieldExpression prefix() {
    height = 1;
    if (tokens.accept("(")) {
      FieldExpression inner = parse(0);
      if (!tokens.accept(")")) {
        throw tokens.unexpected();
      }
      return inner;
    }
    if (tokens.accept("-")) {
      FieldExpression operand = parse(MINUS + 1);
      grow(height, 0);
      return FieldFolding.fold(new FieldExpression.Negative(operand));
    }
    if (tokens.accept("!")) {
      FieldExpression operand = parse(NOT + 1);
      grow(height, 0);
      return FieldFolding.fold(new FieldExpression.Not(operand));
    }
    if (tokens.accept("nil")) {
      return behindNil();
    }
    Value constant = constant();
    if (constant != null) {
      return new FieldExpression.Literal(constant);
    }
    AttributeReference attribute = attributes.parse();
    if (attribute == null) {
      throw tokens.unexpected();
    }
    return new FieldExpression.Attribute(attribute);
  }

  /// `nil = nil` and `nil != nil` are false; `nil != x` is `x != nil`.
  private FieldExpression behindNil() {
    if (tokens.accept("=")) {
      tokens.expect("nil");
      return new FieldExpression.Literal(Value.FALSE);
    }
    if (!tokens.accept("!=")) {
      throw tokens.unexpected("=", "!=");
    }
    if (tokens.accept("nil")) {
      return new FieldExpression.Literal(Value.FALSE);
    }
    FieldExpression operand = parse(Operator.NOT_EQUAL.precedence() + 1);
    grow(height, 0);
    return FieldFolding.fold(new FieldExpression.Exists(operand));
  }

  /// A literal without sign, or null when the current token is none.
  @Nullable Value constant() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT, DURATION -> tokens.take().value();
      case SYMBOL -> {
        Value value = CONSTANTS.get(token.text());
        if (value != null) {
          tokens.take();
        }
        yield value;
      }
      case IDENTIFIER, END_ATTRIBUTE, END -> null;
    };
  }
}
