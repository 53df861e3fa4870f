package io.vivace.search;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.vivace.traceql.Value;
import io.vivace.traceql.ValueType;
import java.util.ArrayList;
import java.util.List;

/// Between OTLP values and values of the language.
final class AttributeValues {
  private AttributeValues() {}

  /// The value as the language sees it: arrays of one scalar type are arrays, with a single element
  /// scalars; empty and mixed arrays, bytes and key-value lists are no value (traceql.md §6.2).
  static Value of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> Value.ofString(value.getStringValue());
      case INT_VALUE -> Value.ofInt(value.getIntValue());
      case DOUBLE_VALUE -> Value.ofFloat(value.getDoubleValue());
      case BOOL_VALUE -> Value.ofBoolean(value.getBoolValue());
      case ARRAY_VALUE -> ofArray(value.getArrayValue());
      case KVLIST_VALUE, BYTES_VALUE, VALUE_NOT_SET -> Value.NIL;
      default -> Value.NIL;
    };
  }

  private static Value ofArray(ArrayValue array) {
    List<Value> elements = new ArrayList<>(array.getValuesCount());
    for (AnyValue element : array.getValuesList()) {
      Value value = element.hasArrayValue() ? Value.NIL : of(element);
      if (value.type() == ValueType.NIL
          || !elements.isEmpty() && elements.getFirst().type() != value.type()) {
        return Value.NIL;
      }
      elements.add(value);
    }
    return ofElements(elements);
  }

  /// The value of a list of elements of one type.
  static Value ofElements(List<Value> elements) {
    return switch (elements.size()) {
      case 0 -> Value.NIL;
      case 1 -> elements.getFirst();
      default -> Value.ofArray(elements);
    };
  }

  /// The value as answers hold it; durations, statuses and kinds are texts, no value is `nil`.
  static AnyValue toProtobuf(Value value) {
    AnyValue.Builder builder = AnyValue.newBuilder();
    switch (value.type()) {
      case STRING -> builder.setStringValue(value.text());
      case INT -> builder.setIntValue(value.bits());
      case FLOAT -> builder.setDoubleValue(value.asDouble());
      case BOOLEAN -> builder.setBoolValue(value.equals(Value.TRUE));
      case DURATION, STATUS, KIND, NIL, UNKNOWN -> builder.setStringValue(value.toString());
      case ARRAY ->
          value
              .elements()
              .forEach(element -> builder.getArrayValueBuilder().addValues(toProtobuf(element)));
    }
    return builder.build();
  }
}
