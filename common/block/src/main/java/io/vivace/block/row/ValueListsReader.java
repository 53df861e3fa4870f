package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.block.parquet.ColumnCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Attributes of versions 4 and 5: four lists of values and one text for what fits none of them.
final class ValueListsReader implements AttributesReader {
  private final ColumnCursor key;
  private final ColumnCursor isArray;
  private final ColumnCursor texts;
  private final ColumnCursor integers;
  private final ColumnCursor doubles;
  private final ColumnCursor booleans;
  private final ColumnCursor unsupported;
  private final ColumnCursor[] all;
  private final List<AnyValue> values = new ArrayList<>();

  ValueListsReader(Cursors cursors, String group, String element) throws IOException {
    int from = cursors.count();
    key = cursors.open(group + ".Key");
    isArray = cursors.open(group + ".IsArray");
    texts = cursors.open(group + ".Value" + element);
    integers = cursors.open(group + ".ValueInt" + element);
    doubles = cursors.open(group + ".ValueDouble" + element);
    booleans = cursors.open(group + ".ValueBool" + element);
    unsupported = cursors.open(group + ".ValueUnsupported");
    all = cursors.since(from);
  }

  @Override
  public void read(List<KeyValue> target) throws IOException {
    if (!key.present()) {
      Cursors.skipEmpty(all);
      return;
    }
    int repeated = key.leaf().maxRepetition();
    do {
      target.add(attribute());
    } while (key.repetition() == repeated);
  }

  private KeyValue attribute() throws IOException {
    KeyValue.Builder attribute = KeyValue.newBuilder().setKey(key.takeText());
    boolean array = isArray.takeBoolean();
    values.clear();
    do {
      if (texts.present()) {
        values.add(AnyValue.newBuilder().setStringValue(texts.text()).build());
      }
    } while (more(texts));
    do {
      if (integers.present()) {
        values.add(AnyValue.newBuilder().setIntValue(integers.longValue()).build());
      }
    } while (more(integers));
    do {
      if (doubles.present()) {
        values.add(AnyValue.newBuilder().setDoubleValue(doubles.doubleValue()).build());
      }
    } while (more(doubles));
    do {
      if (booleans.present()) {
        values.add(AnyValue.newBuilder().setBoolValue(booleans.booleanValue()).build());
      }
    } while (more(booleans));
    String other = unsupported.takeOptionalText();
    return attribute.setValue(value(array, other)).build();
  }

  private static boolean more(ColumnCursor cursor) throws IOException {
    cursor.advance();
    return cursor.repetition() == cursor.leaf().maxRepetition();
  }

  private AnyValue value(boolean array, @org.jspecify.annotations.Nullable String other) {
    if (other != null) {
      return AnyValueJson.parse(other);
    }
    if (array) {
      return AnyValue.newBuilder()
          .setArrayValue(ArrayValue.newBuilder().addAllValues(values))
          .build();
    }
    return values.isEmpty() ? AnyValue.getDefaultInstance() : values.getFirst();
  }
}
