package io.vivace.service.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies of records in which every value is zero, empty or off; free mappings keep their keys,
/// because they say which keys are known.
final class Zero {
  private Zero() {}

  static <T extends Record> T of(T record) {
    @SuppressWarnings("unchecked") // the class of a T
    Class<T> type = (Class<T>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = zero(components[i].getType(), Binder.read(components[i], record));
    }
    return Binder.construct(type, components, arguments);
  }

  private static @Nullable Object zero(Class<?> type, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Secret _ -> new Secret("");
      case Record record -> of(record);
      case Map<?, ?> map -> map(map);
      case List<?> _ -> List.of();
      default -> type == Object.class ? raw(value) : Scalars.zero(type);
    };
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    map.forEach((key, value) -> result.put(String.valueOf(key), raw(value)));
    return result;
  }

  private static @Nullable Object raw(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> map(map);
      case List<?> _ -> List.of();
      case Boolean _ -> false;
      case Number _ -> 0L;
      default ->
          GoDuration.parse(value.toString()).isPresent() ? GoDuration.format(Duration.ZERO) : "";
    };
  }
}
