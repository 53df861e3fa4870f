package io.vivace.distributor.forwarder.ottl;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The values that attributes and constants have.
final class Values {
  private static final Map<String, Long> ENUMS = new TreeMap<>();

  static {
    List<String> kinds =
        List.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");
    List<String> codes = List.of("UNSET", "OK", "ERROR");
    for (String kind : kinds) {
      ENUMS.put("SPAN_KIND_" + kind, (long) kinds.indexOf(kind));
    }
    for (String code : codes) {
      ENUMS.put("STATUS_CODE_" + code, (long) codes.indexOf(code));
    }
  }

  private Values() {}

  /// The number of a constant such as `SPAN_KIND_SERVER`, null when there is none of that name.
  static @Nullable Long constant(String name) {
    return ENUMS.get(name);
  }

  static @Nullable Object attribute(List<KeyValue> attributes, String key) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) {
        return value(attribute.getValue());
      }
    }
    return null;
  }

  private static @Nullable Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BYTES_VALUE -> value.getBytesValue();
      case ARRAY_VALUE -> value.getArrayValue();
      case KVLIST_VALUE -> value.getKvlistValue();
      case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> null;
    };
  }

  /// A scalar as the text that patterns are held against; null for nil, lists and maps, which
  /// nothing matches.
  static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case ByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
      case Double number when Double.isFinite(number) ->
          BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
      case Long number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> null;
    };
  }
}
