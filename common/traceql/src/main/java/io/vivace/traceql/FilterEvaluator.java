package io.vivace.traceql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/// Evaluates filters over a whole table with two-valued logic: bitmaps per predicate, on the level
/// where its column lives; a column is not read when the other side of `&&` has no row.
final class FilterEvaluator {
  private final Columns columns;
  private final IdentityHashMap<FieldExpression, BitSet> results = new IdentityHashMap<>();

  FilterEvaluator(Columns columns) {
    this.columns = columns;
  }

  /// The spans for which the filter is true. Not to be changed.
  BitSet spans(FieldExpression filter) throws IOException {
    BitSet known = results.get(filter);
    if (known == null) {
      References references = References.of(filter);
      RowSpace space =
          RowSpace.of(
              columns.table(), references.mentions(Level.EVENT), references.mentions(Level.LINK));
      known = space.toSpans(rows(filter, space));
      results.put(filter, known);
    }
    return known;
  }

  /// The rows for which the expression is the boolean true. Not to be changed.
  BitSet rows(FieldExpression expression, RowSpace space) throws IOException {
    return switch (expression) {
      case FieldExpression.Literal literal -> constant(literal.value().isTrue(), space);
      case FieldExpression.Attribute attribute ->
          columns.in(space, attribute.reference()).booleans(true);
      case FieldExpression.Negative negative -> new BitSet();
      case FieldExpression.Not not -> negation(not.operand(), space);
      case FieldExpression.Exists exists -> existence(exists.operand(), space);
      case FieldExpression.Binary binary ->
          switch (binary.operator()) {
            case AND -> conjunction(binary, space);
            case OR -> {
              BitSet result = (BitSet) rows(binary.left(), space).clone();
              result.or(rows(binary.right(), space));
              yield result;
            }
            case EQUAL, NOT_EQUAL, REGEX, NOT_REGEX, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL ->
                comparison(binary, space);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> new BitSet();
          };
    };
  }

  private static BitSet constant(boolean value, RowSpace space) {
    BitSet result = new BitSet(space.rows());
    result.set(0, value ? space.rows() : 0);
    return result;
  }

  private BitSet negation(FieldExpression operand, RowSpace space) throws IOException {
    return switch (operand) {
      // what is no truth value has no negation
      case FieldExpression.Attribute attribute ->
          columns.in(space, attribute.reference()).booleans(false);
      case FieldExpression.Negative negative -> new BitSet();
      case FieldExpression.Binary binary when binary.operator().isArithmetic() -> new BitSet();
      case FieldExpression.Literal literal -> constant(literal.value().equals(Value.FALSE), space);
      case FieldExpression.Not not -> complement(rows(not, space), space);
      case FieldExpression.Exists exists -> complement(rows(exists, space), space);
      case FieldExpression.Binary binary -> complement(rows(binary, space), space);
    };
  }

  private static BitSet complement(BitSet rows, RowSpace space) {
    BitSet result = (BitSet) rows.clone();
    result.flip(0, space.rows());
    return result;
  }

  private BitSet existence(FieldExpression operand, RowSpace space) throws IOException {
    return switch (operand) {
      case FieldExpression.Attribute attribute ->
          columns.in(space, attribute.reference()).present();
      case FieldExpression.Negative negative -> values(negative, space).present();
      case FieldExpression.Binary binary when binary.operator().isArithmetic() ->
          values(binary, space).present();
      case FieldExpression.Literal literal -> constant(true, space);
      case FieldExpression.Not not -> constant(true, space);
      case FieldExpression.Exists exists -> constant(true, space);
      case FieldExpression.Binary binary -> constant(true, space);
    };
  }

  private BitSet conjunction(FieldExpression.Binary binary, RowSpace space) throws IOException {
    List<FieldExpression> operands = new ArrayList<>();
    collect(binary, operands);
    operands.sort(Comparator.comparingInt(operand -> References.of(operand).cost()));
    BitSet result = (BitSet) rows(operands.getFirst(), space).clone();
    for (FieldExpression operand : operands.subList(1, operands.size())) {
      if (result.isEmpty()) {
        break;
      }
      result.and(rows(operand, space));
    }
    return result;
  }

  private static void collect(FieldExpression expression, List<FieldExpression> operands) {
    if (expression instanceof FieldExpression.Binary binary && binary.operator() == Operator.AND) {
      collect(binary.left(), operands);
      collect(binary.right(), operands);
    } else {
      operands.add(expression);
    }
  }

  private BitSet comparison(FieldExpression.Binary binary, RowSpace space) throws IOException {
    if (binary.left() instanceof FieldExpression.Attribute(AttributeReference reference)
        && binary.right() instanceof FieldExpression.Literal(Value literal)) {
      return leaf(reference, binary.operator(), literal, space);
    }
    if (!binary.operator().isRegex()
        && binary.left() instanceof FieldExpression.Literal(Value literal)
        && binary.right() instanceof FieldExpression.Attribute(AttributeReference reference)) {
      return leaf(reference, binary.operator().mirrored(), literal, space);
    }
    Vector left = values(binary.left(), space);
    if (binary.right() instanceof FieldExpression.Literal(Value literal)) {
      return Comparisons.rows(left, binary.operator(), literal);
    }
    return ValueVectors.compare(binary.operator(), left, values(binary.right(), space));
  }

  private BitSet leaf(
      AttributeReference reference, Operator operator, Value literal, RowSpace space)
      throws IOException {
    if (reference instanceof AttributeReference.Named named && named.scope() == Scope.NONE) {
      AttributeReference onSpan = AttributeReference.named(Scope.SPAN, named.name());
      BitSet result =
          leaf(AttributeReference.named(Scope.RESOURCE, named.name()), operator, literal, space);
      if (!result.isEmpty()) {
        result = (BitSet) result.clone();
        result.andNot(space.liftSpans(columns.own(onSpan).present()));
      }
      BitSet both = (BitSet) leaf(onSpan, operator, literal, space).clone();
      both.or(result);
      return both;
    }
    Vector own = columns.own(reference);
    Value wanted = Ids.normalized(reference, operator, literal);
    return columns.lift(space, Comparisons.rows(own, operator, wanted), Level.of(reference));
  }

  /// The values of an expression in the rows of a space.
  Vector values(FieldExpression expression, RowSpace space) throws IOException {
    return switch (expression) {
      case FieldExpression.Literal literal -> ValueVectors.constant(literal.value(), space.rows());
      case FieldExpression.Attribute attribute -> columns.in(space, attribute.reference());
      case FieldExpression.Negative negative ->
          ValueVectors.negative(values(negative.operand(), space));
      case FieldExpression.Binary binary when binary.operator().isArithmetic() ->
          ValueVectors.arithmetic(
              binary.operator(), values(binary.left(), space), values(binary.right(), space));
      case FieldExpression.Not not -> ValueVectors.booleans(rows(not, space), space.rows());
      case FieldExpression.Exists exists ->
          ValueVectors.booleans(rows(exists, space), space.rows());
      case FieldExpression.Binary binary ->
          ValueVectors.booleans(rows(binary, space), space.rows());
    };
  }
}
