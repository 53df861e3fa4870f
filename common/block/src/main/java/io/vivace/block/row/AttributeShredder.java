package io.vivace.block.row;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vivace.block.parquet.BinaryColumnWriter;
import io.vivace.block.parquet.DictionaryColumnWriter;
import io.vivace.block.parquet.LevelGroup;
import java.util.List;

/// Puts attributes into the columns of generic lists.
final class AttributeShredder {
  private final Utf8Scratch scratch = new Utf8Scratch();

  void text(DictionaryColumnWriter column, String value) {
    int length = scratch.load(value);
    column.add(scratch.bytes, 0, length);
  }

  int textId(DictionaryColumnWriter column, String value) {
    int length = scratch.load(value);
    return column.add(scratch.bytes, 0, length);
  }

  void text(BinaryColumnWriter column, String value) {
    int length = scratch.load(value);
    column.add(scratch.bytes, 0, length);
  }

  void bytes(BinaryColumnWriter column, com.google.protobuf.ByteString value) {
    int length = scratch.load(value);
    column.add(scratch.bytes, 0, length);
  }

  /// All of `attributes` below the current element of `parent`.
  void list(AttributeColumns columns, LevelGroup parent, List<KeyValue> attributes) {
    int count = attributes.size();
    if (count == 0) {
      columns.group.none(parent);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        columns.group.first(parent);
      } else {
        columns.group.another();
      }
      KeyValue attribute = attributes.get(i);
      one(columns, attribute.getKey(), attribute.getValue());
    }
  }

  /// The attribute for which an element of the columns' group has just begun.
  void one(AttributeColumns columns, String key, AnyValue value) {
    text(columns.key, key);
    switch (value.getValueCase()) {
      case STRING_VALUE -> text(columns.text, value.getStringValue());
      case INT_VALUE -> columns.integer.add(value.getIntValue());
      case DOUBLE_VALUE -> columns.number.add(value.getDoubleValue());
      case BOOL_VALUE -> columns.flag.add(value.getBoolValue());
      case ARRAY_VALUE -> {
        if (isUniform(value)) {
          columns.isArray.add(true);
          value.getArrayValue().getValuesList().forEach(element -> element(columns, element));
          return;
        }
        text(columns.unsupported, AnyValueJson.write(value));
      }
      default -> text(columns.unsupported, AnyValueJson.write(value));
    }
    columns.isArray.add(false);
  }

  /// Whether all elements have the same type, one with a column.
  private static boolean isUniform(AnyValue array) {
    List<AnyValue> values = array.getArrayValue().getValuesList();
    if (values.isEmpty()) {
      return true;
    }
    AnyValue.ValueCase first = values.getFirst().getValueCase();
    boolean scalar =
        switch (first) {
          case STRING_VALUE, INT_VALUE, DOUBLE_VALUE, BOOL_VALUE -> true;
          default -> false;
        };
    return scalar && values.stream().allMatch(value -> value.getValueCase() == first);
  }

  private void element(AttributeColumns columns, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> text(columns.text, value.getStringValue());
      case INT_VALUE -> columns.integer.add(value.getIntValue());
      case DOUBLE_VALUE -> columns.number.add(value.getDoubleValue());
      case BOOL_VALUE -> columns.flag.add(value.getBoolValue());
      default -> throw new IllegalStateException("array element: " + value.getValueCase());
    }
  }
}
