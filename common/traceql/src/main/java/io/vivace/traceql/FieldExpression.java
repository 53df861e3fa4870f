package io.vivace.traceql;

/// An expression over one span.
public sealed interface FieldExpression {
  /// A constant.
  record Literal(Value value) implements FieldExpression {}

  /// An attribute or intrinsic.
  record Attribute(AttributeReference reference) implements FieldExpression {}

  /// `-x`.
  record Negative(FieldExpression operand) implements FieldExpression {}

  /// `!x`.
  record Not(FieldExpression operand) implements FieldExpression {}

  /// `x != nil`.
  record Exists(FieldExpression operand) implements FieldExpression {}

  /// Two operands.
  record Binary(Operator operator, FieldExpression left, FieldExpression right)
      implements FieldExpression {}

  /// Whether an attribute or intrinsic is mentioned.
  default boolean mentionsAttribute() {
    return switch (this) {
      case Literal literal -> false;
      case Attribute attribute -> true;
      case Negative negative -> negative.operand().mentionsAttribute();
      case Not not -> not.operand().mentionsAttribute();
      case Exists exists -> exists.operand().mentionsAttribute();
      case Binary binary -> binary.left().mentionsAttribute() || binary.right().mentionsAttribute();
    };
  }
}
