package io.vivace.traceql;

/// Types of field expressions before data is seen (traceql.md §4).
final class FieldTypes {
  private FieldTypes() {}

  static ValueType typeOf(FieldExpression expression) {
    return switch (expression) {
      case FieldExpression.Literal literal -> literal.value().type();
      case FieldExpression.Attribute(Intrinsic intrinsic) -> intrinsic.type();
      case FieldExpression.Attribute attribute -> ValueType.UNKNOWN;
      case FieldExpression.Negative negative -> typeOf(negative.operand());
      case FieldExpression.Not not -> typeOf(not.operand());
      case FieldExpression.Exists exists -> ValueType.BOOLEAN;
      case FieldExpression.Binary binary -> {
        if (!binary.operator().isArithmetic()) {
          yield ValueType.BOOLEAN;
        }
        ValueType left = typeOf(binary.left());
        yield left == ValueType.UNKNOWN ? typeOf(binary.right()) : left;
      }
    };
  }

  static boolean areValid(Operator operator, ValueType left, ValueType right) {
    return left.meets(right) && allows(left, operator) && allows(right, operator);
  }

  static boolean allows(ValueType type, Operator operator) {
    boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    return switch (type) {
      case UNKNOWN -> true;
      case BOOLEAN -> equality || operator == Operator.AND || operator == Operator.OR;
      case INT, FLOAT, DURATION ->
          operator.isArithmetic() || operator.isComparison() && !operator.isRegex();
      case STRING -> operator.isComparison();
      case NIL, STATUS, KIND -> equality;
      case ARRAY -> operator.isComparison();
    };
  }
}
