package io.vivace.wire.otlp;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Names of the fields in OTLP/JSON, in lowerCamelCase and in snake_case.
final class OtlpFieldNames {
  private static final Map<Message, Map<String, Integer>> NUMBERS = new EnumMap<>(Message.class);
  private static final Map<Message, Set<Integer>> REPEATED = new EnumMap<>(Message.class);

  static {
    fields(Message.REQUEST, "resource_spans*");
    fields(Message.RESOURCE_SPANS, "resource", "scope_spans*", "schema_url");
    fields(Message.RESOURCE, "attributes*", "dropped_attributes_count");
    fields(Message.SCOPE_SPANS, "scope", "spans*", "schema_url");
    fields(Message.SCOPE, "name", "version", "attributes*", "dropped_attributes_count");
    fields(
        Message.SPAN,
        "trace_id",
        "span_id",
        "trace_state",
        "parent_span_id",
        "name",
        "kind",
        "start_time_unix_nano",
        "end_time_unix_nano",
        "attributes*",
        "dropped_attributes_count",
        "events*",
        "dropped_events_count",
        "links*",
        "dropped_links_count",
        "status",
        "flags");
    fields(Message.EVENT, "time_unix_nano", "name", "attributes*", "dropped_attributes_count");
    fields(
        Message.LINK,
        "trace_id",
        "span_id",
        "trace_state",
        "attributes*",
        "dropped_attributes_count",
        "flags");
    fields(Message.STATUS, "", "message", "code");
    fields(Message.KEY_VALUE, "key", "value");
    fields(
        Message.ANY_VALUE,
        "string_value",
        "bool_value",
        "int_value",
        "double_value",
        "array_value",
        "kvlist_value",
        "bytes_value");
    fields(Message.ARRAY_VALUE, "values*");
    fields(Message.KEY_VALUE_LIST, "values*");
  }

  private OtlpFieldNames() {}

  /// The number of a field, 0 when there is none of that name.
  static int number(Message message, String name) {
    return NUMBERS.getOrDefault(message, Map.of()).getOrDefault(name, 0);
  }

  static boolean isRepeated(Message message, int number) {
    return REPEATED.getOrDefault(message, Set.of()).contains(number);
  }

  private static void fields(Message message, String... names) {
    Map<String, Integer> numbers = new HashMap<>();
    Set<Integer> repeated = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      String name = names[i].replace("*", "");
      if (names[i].endsWith("*")) {
        repeated.add(i + 1);
      }
      if (!name.isEmpty()) {
        numbers.put(name, i + 1);
        numbers.put(camelCase(name), i + 1);
      }
    }
    NUMBERS.put(message, Map.copyOf(numbers));
    REPEATED.put(message, Set.copyOf(repeated));
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      boolean afterUnderscore = i > 0 && name.charAt(i - 1) == '_';
      if (name.charAt(i) != '_') {
        camel.append(afterUnderscore ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
      }
    }
    return camel.toString();
  }
}
