package io.vivace.search;

import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.FieldExpression;
import io.vivace.traceql.Level;
import io.vivace.traceql.Pipeline;
import io.vivace.traceql.PipelineEvaluator;
import io.vivace.traceql.Scope;
import io.vivace.traceql.SpansetExpression;
import io.vivace.traceql.Stage;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import io.vivace.traceql.Vector;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Names and values of the attributes in one table, of all entries or of those of the spans that
/// match a filter.
final class TableTags {
  private final SearchTable table;
  private final @Nullable BitSet spans;

  TableTags(SearchTable table, @Nullable FieldExpression filter) throws IOException {
    this.table = table;
    if (filter == null) {
      spans = null;
    } else {
      Stage stage = new Stage.Spanset(new SpansetExpression.Filter(filter));
      spans = new PipelineEvaluator(table, new Pipeline(List.of(stage))).matches(filter);
    }
  }

  void names(Level level, Consumer<String> names) throws IOException {
    BitSet entries = entries(level);
    if (!entries.isEmpty()) {
      table.attributeNames(level, entries, names);
    }
  }

  /// The distinct values, arrays by element; an unscoped name means span and resource.
  void values(AttributeReference reference, Consumer<Value> values) throws IOException {
    if (reference instanceof AttributeReference.Named named && named.scope() == Scope.NONE) {
      values(AttributeReference.named(Scope.SPAN, named.name()), values);
      values(AttributeReference.named(Scope.RESOURCE, named.name()), values);
      return;
    }
    BitSet entries = entries(Level.of(reference));
    if (entries.isEmpty()) {
      return;
    }
    boolean isKnown = take(table.column(reference), entries, values);
    if (reference instanceof AttributeReference.Named named) {
      for (int occurrence = 1; isKnown; occurrence++) {
        isKnown = take(table.furtherValues(named, occurrence), entries, values);
      }
    }
  }

  /// Takes the values of these entries out of a column; tells whether there are any.
  private static boolean take(Vector column, BitSet entries, Consumer<Value> values) {
    boolean found = false;
    for (int row = entries.nextSetBit(0); row >= 0; row = entries.nextSetBit(row + 1)) {
      Value value = column.value(row);
      found |= value.type() != ValueType.NIL;
      if (value.type() == ValueType.ARRAY) {
        value.elements().forEach(values);
      } else if (value.type() != ValueType.NIL) {
        values.accept(value);
      }
    }
    return found;
  }

  private BitSet entries(Level level) throws IOException {
    return spans == null ? Entries.all(table, level) : Entries.ofSpans(table, level, spans);
  }
}
