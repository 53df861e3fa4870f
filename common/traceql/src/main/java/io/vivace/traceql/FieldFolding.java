package io.vivace.traceql;

/// Computes operations without attributes while parsing.
final class FieldFolding {
  private FieldFolding() {}

  /// The expression, or its value when it mentions no attribute, its types are valid and it has a
  /// value.
  static FieldExpression fold(FieldExpression expression) {
    Value value =
        switch (expression) {
          case FieldExpression.Binary(
                  Operator operator,
                  FieldExpression.Literal left,
                  FieldExpression.Literal right)
              when FieldTypes.areValid(operator, left.value().type(), right.value().type()) ->
              apply(operator, left.value(), right.value());
          case FieldExpression.Negative(FieldExpression.Literal literal)
              when literal.value().type().isNumeric() ->
              Operations.negate(literal.value());
          case FieldExpression.Not(FieldExpression.Literal literal)
              when literal.value().type() == ValueType.BOOLEAN ->
              Value.ofBoolean(!literal.value().isTrue());
          case FieldExpression.Exists(FieldExpression.Literal literal) -> Value.TRUE;
          case FieldExpression.Binary binary -> Value.NIL;
          case FieldExpression.Negative negative -> Value.NIL;
          case FieldExpression.Not not -> Value.NIL;
          case FieldExpression.Exists exists -> Value.NIL;
          case FieldExpression.Literal literal -> Value.NIL;
          case FieldExpression.Attribute attribute -> Value.NIL;
        };
    return value.type() == ValueType.NIL ? expression : new FieldExpression.Literal(value);
  }

  /// An invalid regular expression stays for the checks to find; an integer divided by a constant
  /// zero is an error, as in 2.9.
  private static Value apply(Operator operator, Value left, Value right) {
    boolean divides = operator == Operator.DIVIDE || operator == Operator.MODULO;
    if (divides
        && left.type() == ValueType.INT
        && right.type() == ValueType.INT
        && right.bits() == 0) {
      throw Tokens.divisionByZero();
    }
    boolean invalid = operator.isRegex() && TextMatcher.compileOrNull(right.text()) == null;
    return invalid ? Value.NIL : Operations.apply(operator, left, right);
  }
}
