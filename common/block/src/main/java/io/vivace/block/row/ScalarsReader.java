package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.block.parquet.ColumnCursor;
import java.io.IOException;
import java.util.List;

/// Attributes of version 3: one optional scalar of each type, and texts for arrays and maps.
final class ScalarsReader implements AttributesReader {
  private final ColumnCursor key;
  private final ColumnCursor text;
  private final ColumnCursor integer;
  private final ColumnCursor number;
  private final ColumnCursor flag;
  private final ColumnCursor map;
  private final ColumnCursor array;
  private final ColumnCursor[] all;

  ScalarsReader(Cursors cursors, String group) throws IOException {
    int from = cursors.count();
    key = cursors.open(group + ".Key");
    text = cursors.open(group + ".Value");
    integer = cursors.open(group + ".ValueInt");
    number = cursors.open(group + ".ValueDouble");
    flag = cursors.open(group + ".ValueBool");
    map = cursors.open(group + ".ValueKVList");
    array = cursors.open(group + ".ValueArray");
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
    AnyValue.Builder value = AnyValue.newBuilder();
    String stored = text.takeOptionalText();
    if (stored != null) {
      value.setStringValue(stored);
    }
    if (integer.present()) {
      value.setIntValue(integer.longValue());
    }
    integer.advance();
    if (number.present()) {
      value.setDoubleValue(number.doubleValue());
    }
    number.advance();
    if (flag.present()) {
      value.setBoolValue(flag.booleanValue());
    }
    flag.advance();
    // some writers store "" for absent
    String json = map.takeOptionalText();
    if (json != null && !json.isEmpty()) {
      value.mergeFrom(AnyValueJson.parse(json));
    }
    json = array.takeOptionalText();
    if (json != null && !json.isEmpty()) {
      value.mergeFrom(AnyValueJson.parse(json));
    }
    return attribute.setValue(value).build();
  }
}
