package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.block.DedicatedColumn;
import io.vivace.block.parquet.ColumnCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the dedicated attributes of one scope, in the order of the meta.
final class DedicatedReader {
  private final List<Column> columns = new ArrayList<>();

  /// @param list whether the leaf itself repeats, as in version 5
  private record Column(String key, boolean text, boolean list, ColumnCursor cursor) {}

  DedicatedReader(
      BlockFormat format, Cursors cursors, String path, String scope, List<DedicatedColumn> all)
      throws IOException {
    int strings = 0;
    int integers = 0;
    for (DedicatedColumn column : all) {
      if (column.scope().equals(scope)) {
        boolean text = column.type().equals(DedicatedColumn.STRING);
        int number = text ? ++strings : ++integers;
        String leaf =
            path
                + ".DedicatedAttributes."
                + (text ? "String" : "Int")
                + String.format("%02d", number);
        boolean slots = format == BlockFormat.VPARQUET3 || format == BlockFormat.VPARQUET4;
        if (slots && !(text && cursors.has(leaf))) {
          continue; // what does not fit the slots of these versions stayed generic
        }
        ColumnCursor cursor = cursors.open(leaf);
        columns.add(new Column(column.name(), text, format == BlockFormat.VPARQUET5, cursor));
      }
    }
  }

  void read(List<KeyValue> target) throws IOException {
    for (Column column : columns) {
      ColumnCursor cursor = column.cursor();
      if (!cursor.present()) {
        cursor.advance();
        continue;
      }
      AnyValue first = take(column);
      int repeated = cursor.leaf().maxRepetition();
      KeyValue.Builder attribute = KeyValue.newBuilder().setKey(column.key());
      if (!column.list() || cursor.repetition() != repeated) {
        target.add(attribute.setValue(first).build());
        continue;
      }
      ArrayValue.Builder array = ArrayValue.newBuilder().addValues(first);
      while (cursor.repetition() == repeated) {
        array.addValues(take(column));
      }
      target.add(attribute.setValue(AnyValue.newBuilder().setArrayValue(array)).build());
    }
  }

  private static AnyValue take(Column column) throws IOException {
    return column.text()
        ? AnyValue.newBuilder().setStringValue(column.cursor().takeText()).build()
        : AnyValue.newBuilder().setIntValue(column.cursor().takeLong()).build();
  }
}
