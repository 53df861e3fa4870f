package io.vivace.block.row;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.vivace.block.parquet.MalformedDataException;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The protobuf JSON mapping of attribute values, in which blocks store values that have no column:
/// bytes, maps, mixed arrays, no value at all.
final class AnyValueJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private AnyValueJson() {}

  static AnyValue parse(String json) {
    try {
      return value(MAPPER.readTree(json));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedDataException("attribute value: " + e.getMessage(), e);
    }
  }

  private static AnyValue value(JsonNode node) {
    AnyValue.Builder value = AnyValue.newBuilder();
    if (!node.isObject()) {
      if (node.isNull()) {
        return value.build();
      }
      throw new MalformedDataException("attribute value: not an object (expected: an object)");
    }
    node.forEachEntry((key, child) -> member(value, key, child));
    return value.build();
  }

  private static void member(AnyValue.Builder value, String key, JsonNode child) {
    switch (key) {
      case "stringValue" -> value.setStringValue(child.asString());
      case "intValue" -> value.setIntValue(Long.parseLong(child.asString()));
      case "doubleValue" -> value.setDoubleValue(number(child));
      case "boolValue" -> value.setBoolValue(child.asBoolean());
      case "bytesValue" ->
          value.setBytesValue(ByteString.copyFrom(Base64.getDecoder().decode(child.asString())));
      case "arrayValue" -> {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (JsonNode element : list(child)) {
          array.addValues(value(element));
        }
        value.setArrayValue(array);
      }
      case "kvlistValue" -> {
        KeyValueList.Builder list = KeyValueList.newBuilder();
        for (JsonNode entry : list(child)) {
          list.addValues(entry(entry));
        }
        value.setKvlistValue(list);
      }
      default ->
          throw new MalformedDataException(
              "attribute value: " + key + " (expected: a member of AnyValue)");
    }
  }

  private static Iterable<JsonNode> list(JsonNode holder) {
    JsonNode values = holder.get("values");
    return values == null ? MAPPER.createArrayNode() : values;
  }

  private static KeyValue entry(JsonNode entry) {
    KeyValue.Builder pair = KeyValue.newBuilder();
    JsonNode key = entry.get("key");
    JsonNode value = entry.get("value");
    if (key != null) {
      pair.setKey(key.asString());
    }
    if (value != null && !value.isNull()) {
      pair.setValue(value(value));
    }
    return pair.build();
  }

  private static double number(JsonNode node) {
    if (!node.isString()) {
      return node.asDouble();
    }
    return switch (node.stringValue()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(node.stringValue());
    };
  }

  static String write(AnyValue value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> quote(out.append("{\"stringValue\":"), value.getStringValue());
      case INT_VALUE -> out.append("{\"intValue\":\"").append(value.getIntValue()).append('"');
      case DOUBLE_VALUE -> number(out.append("{\"doubleValue\":"), value.getDoubleValue());
      case BOOL_VALUE -> out.append("{\"boolValue\":").append(value.getBoolValue());
      case BYTES_VALUE -> {
        byte[] bytes = value.getBytesValue().toByteArray();
        out.append("{\"bytesValue\":\"").append(Base64.getEncoder().encodeToString(bytes));
        out.append('"');
      }
      case ARRAY_VALUE -> {
        out.append("{\"arrayValue\":{");
        String separator = "\"values\":[";
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          write(out.append(separator), element);
          separator = ",";
        }
        out.append(value.getArrayValue().getValuesCount() == 0 ? "}" : "]}");
      }
      case KVLIST_VALUE -> {
        out.append("{\"kvlistValue\":{");
        String separator = "\"values\":[";
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
          entry(out.append(separator), entry);
          separator = ",";
        }
        out.append(value.getKvlistValue().getValuesCount() == 0 ? "}" : "]}");
      }
      default -> out.append('{');
    }
    out.append('}');
  }

  private static void entry(StringBuilder out, KeyValue entry) {
    out.append('{');
    if (!entry.getKey().isEmpty()) {
      quote(out.append("\"key\":"), entry.getKey());
    }
    if (entry.hasValue()) {
      out.append(entry.getKey().isEmpty() ? "" : ",").append("\"value\":");
      write(out, entry.getValue());
    }
    out.append('}');
  }

  private static void number(StringBuilder out, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      out.append('"').append(value).append('"');
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append(value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value));
    } else {
      out.append(value);
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append(MAPPER.writeValueAsString(text));
  }
}
