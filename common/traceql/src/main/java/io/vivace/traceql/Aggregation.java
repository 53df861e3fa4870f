package io.vivace.traceql;

import java.io.IOException;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// Aggregates over the spans of a spanset and comparisons of their values (traceql.md §8.3).
/// Missing values are skipped.
final class Aggregation {
  private final FilterEvaluator filters;
  private final RowSpace spans;
  private final IdentityHashMap<FieldExpression, Vector> arguments = new IdentityHashMap<>();

  Aggregation(FilterEvaluator filters, RowSpace spans) {
    this.filters = filters;
    this.spans = spans;
  }

  /// The spanset with its value when that passes the filter, else null.
  @Nullable Spanset filter(Stage.ScalarFilter filter, Spanset input) throws IOException {
    if (!(filter.left() instanceof ScalarExpression.Aggregate aggregate)
        || !(filter.right() instanceof ScalarExpression.Literal literal)) {
      throw new TraceQlException.Unsupported(Printer.print(filter) + ": not supported yet");
    }
    Value value = value(aggregate, input.spans());
    if (value.type() == ValueType.NIL
        || !Operations.test(filter.operator(), value, literal.value(), null)) {
      return null;
    }
    return input.with(new Spanset.Attribute(Printer.print(aggregate), value));
  }

  private Value value(ScalarExpression.Aggregate aggregate, int[] rows) throws IOException {
    FieldExpression argument = aggregate.argument();
    if (argument == null) {
      return Value.ofInt(rows.length);
    }
    Vector values = arguments.get(argument);
    if (values == null) {
      values = filters.values(argument, spans);
      arguments.put(argument, values);
    }
    return switch (aggregate.function()) {
      case COUNT -> Value.ofInt(rows.length);
      case MAX -> extreme(values, rows, Operator.GREATER);
      case MIN -> extreme(values, rows, Operator.LESS);
      case SUM -> total(values, rows, false);
      case AVG -> total(values, rows, true);
    };
  }

  private static Value extreme(Vector values, int[] rows, Operator better) {
    Value best = Value.NIL;
    for (int row : rows) {
      if (values.type(row).isNumeric()) {
        Value value = values.value(row);
        if (best.type() == ValueType.NIL || Operations.test(better, value, best, null)) {
          best = value;
        }
      }
    }
    return best;
  }

  /// The sum has the type of the first value; values of other types are counted but not added.
  private static Value total(Vector values, int[] rows, boolean mean) {
    ValueType type = ValueType.NIL;
    long sum = 0;
    double doubleSum = 0;
    long count = 0;
    for (int row : rows) {
      ValueType each = values.type(row);
      if (!each.isNumeric()) {
        continue;
      }
      if (type == ValueType.NIL) {
        type = each;
      }
      count++;
      if (each == type) {
        if (type == ValueType.FLOAT) {
          doubleSum += Double.longBitsToDouble(values.bits(row));
        } else {
          sum += values.bits(row);
        }
      }
    }
    return switch (type) {
      case FLOAT -> Value.ofFloat(mean ? doubleSum / count : doubleSum);
      case INT -> mean ? Value.ofFloat((double) sum / count) : Value.ofInt(sum);
      case DURATION -> Value.ofDuration(mean ? sum / count : sum);
      case NIL, STRING, BOOLEAN, STATUS, KIND, ARRAY, UNKNOWN -> Value.NIL;
    };
  }
}
