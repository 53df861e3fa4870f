package io.vivace.traceql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Runs a pipeline over the traces of a table (traceql.md §8).
///
/// Filters are evaluated once for the whole table; the stages then run trace by trace on the few
/// rows that are left. Not safe for several threads.
public final class PipelineEvaluator {
  private final SpanTable table;
  private final Pipeline pipeline;
  private final Columns columns;
  private final FilterEvaluator filters;
  private final RowSpace spans;
  private final int[] traceStarts;
  private final Aggregation aggregation;
  private final Map<AttributeReference, Vector> spanValues = new HashMap<>();
  private final IdentityHashMap<FieldExpression, Vector> groupValues = new IdentityHashMap<>();

  /// Prepares a pipeline for a table.
  public PipelineEvaluator(SpanTable table, Pipeline pipeline) throws IOException {
    this.table = table;
    this.pipeline = pipeline;
    this.columns = new Columns(table);
    this.filters = new FilterEvaluator(columns);
    this.spans = RowSpace.ofSpans(table);
    this.traceStarts = table.offsets(Level.TRACE);
    this.aggregation = new Aggregation(filters, spans);
  }

  /// The traces that can have a spanset, a few that have none included.
  public BitSet candidates() throws IOException {
    return candidates(pipeline);
  }

  /// The spansets of a trace, none of them empty.
  ///
  /// @throws TraceQlException.Evaluation when stages do not fit each other on this trace
  public List<Spanset> evaluate(int trace) throws IOException {
    int[] all = IntStream.range(traceStarts[trace], traceStarts[trace + 1]).toArray();
    return all.length == 0 ? List.of() : run(pipeline, List.of(new Spanset(all, List.of())));
  }

  /// The spans of the table for which a filter is true.
  public BitSet matches(FieldExpression filter) throws IOException {
    return filters.spans(filter);
  }

  /// The values of an attribute or intrinsic, one per span; of events and links the first.
  public Vector valuesOfSpans(AttributeReference reference) throws IOException {
    Vector values = spanValues.get(reference);
    if (values == null) {
      values = columns.in(spans, reference);
      spanValues.put(reference, values);
    }
    return values;
  }

  /// The values of an attribute with a scope or of an intrinsic, on their own level.
  public Vector values(AttributeReference reference) throws IOException {
    return columns.own(reference);
  }

  private BitSet candidates(Pipeline stages) throws IOException {
    if (stages.stages().getFirst() instanceof Stage.Spanset first) {
      return candidates(first.expression());
    }
    BitSet all = new BitSet();
    all.set(0, table.rows(Level.TRACE));
    return all;
  }

  private BitSet candidates(SpansetExpression expression) throws IOException {
    return switch (expression) {
      case SpansetExpression.Filter filter -> tracesOf(filters.spans(filter.body()));
      case SpansetExpression.Nested nested -> candidates(nested.pipeline());
      case SpansetExpression.Operation operation -> {
        BitSet right = (BitSet) candidates(operation.right()).clone();
        boolean needsBoth =
            operation.operator() != SpansetOperator.OR
                && operation.operator().form() != SpansetOperator.Form.NEGATED;
        if (operation.operator() == SpansetOperator.OR) {
          right.or(candidates(operation.left()));
        } else if (needsBoth && !right.isEmpty()) {
          right.and(candidates(operation.left()));
        }
        yield right;
      }
    };
  }

  private BitSet tracesOf(BitSet rows) {
    BitSet traces = new BitSet();
    int trace = 0;
    for (int row = rows.nextSetBit(0); row >= 0; ) {
      while (traceStarts[trace + 1] <= row) {
        trace++;
      }
      traces.set(trace);
      row = rows.nextSetBit(traceStarts[trace + 1]);
    }
    return traces;
  }

  private List<Spanset> run(Pipeline stages, List<Spanset> input) throws IOException {
    List<Spanset> spansets = input;
    for (Stage stage : stages.stages()) {
      if (spansets.isEmpty()) {
        return spansets;
      }
      spansets = run(stage, spansets);
    }
    return spansets;
  }

  private List<Spanset> run(Stage stage, List<Spanset> input) throws IOException {
    List<Spanset> output = new ArrayList<>();
    switch (stage) {
      case Stage.Spanset spanset -> {
        for (Spanset each : input) {
          output.addAll(select(spanset.expression(), each));
        }
      }
      case Stage.ScalarFilter filter -> {
        for (Spanset each : input) {
          Spanset passed = aggregation.filter(filter, each);
          if (passed != null) {
            output.add(passed);
          }
        }
      }
      case Stage.GroupBy group -> {
        for (Spanset each : input) {
          output.addAll(group(group, each));
        }
      }
      case Stage.Coalesce coalesce ->
          output.add(
              new Spanset(
                  input.stream().flatMapToInt(each -> IntStream.of(each.spans())).toArray(),
                  List.of()));
      case Stage.Select select -> output.addAll(input);
    }
    return output;
  }

  private List<Spanset> select(SpansetExpression expression, Spanset input) throws IOException {
    return switch (expression) {
      case SpansetExpression.Filter filter -> {
        BitSet matching = filters.spans(filter.body());
        int[] kept = IntStream.of(input.spans()).filter(matching::get).toArray();
        yield kept.length == 0 ? List.of() : List.of(input.withSpans(kept));
      }
      case SpansetExpression.Nested nested -> run(nested.pipeline(), List.of(input));
      case SpansetExpression.Operation operation -> {
        List<Spanset> left = select(operation.left(), input);
        List<Spanset> right = select(operation.right(), input);
        int[] result = combine(operation.operator(), left, right);
        yield result.length == 0 ? List.of() : List.of(input.withSpans(result));
      }
    };
  }

  private int[] combine(SpansetOperator operator, List<Spanset> left, List<Spanset> right)
      throws IOException {
    if (operator == SpansetOperator.AND && (left.isEmpty() || right.isEmpty())) {
      return new int[0];
    }
    if (operator.relation() == SpansetOperator.Relation.NONE) {
      return union(rows(left), rows(right));
    }
    if (left.size() > 1 || right.size() > 1) {
      throw new TraceQlException.Evaluation(
          "spanset operators are not supported for multiple spansets per trace. consider using"
              + " coalesce()");
    }
    Structure structure =
        new Structure(
            columns.own(Intrinsic.NESTED_SET_LEFT).bits(),
            columns.own(Intrinsic.NESTED_SET_RIGHT).bits(),
            columns.own(Intrinsic.NESTED_SET_PARENT).bits());
    return structure.combine(operator, rows(left), rows(right));
  }

  private static int[] rows(List<Spanset> spansets) {
    return spansets.stream().flatMapToInt(each -> IntStream.of(each.spans())).toArray();
  }

  static int[] union(int[] a, int[] b) {
    return IntStream.concat(IntStream.of(a), IntStream.of(b)).sorted().distinct().toArray();
  }

  private List<Spanset> group(Stage.GroupBy group, Spanset input) throws IOException {
    Vector values = groupValues.get(group.expression());
    if (values == null) {
      values = filters.values(group.expression(), spans);
      groupValues.put(group.expression(), values);
    }
    Map<Value, List<Integer>> groups = new LinkedHashMap<>();
    for (int span : input.spans()) {
      groups.computeIfAbsent(values.value(span), value -> new ArrayList<>()).add(span);
    }
    String name = Printer.print(group);
    List<Spanset> output = new ArrayList<>();
    groups.forEach((value, rows) ->
        output.add(
            input
                .withSpans(rows.stream().mapToInt(Integer::intValue).toArray())
                .with(new Spanset.Attribute(name, value))));
    return output;
  }
}
