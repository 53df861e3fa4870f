package io.vivace.service.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// Configuration records as the YAML they came from: the same keys, Go's durations, stars for
/// secrets.
public final class ConfigDump {
  private ConfigDump() {}

  /// The keys and values of `record`, in the order of its components.
  public static Map<String, @Nullable Object> tree(Record record) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = Binder.read(component, record);
      boolean entries =
          component.isAnnotationPresent(Rest.class)
              || component.isAnnotationPresent(Instances.class);
      if (entries && value instanceof Map<?, ?> map) {
        map.forEach((key, entry) -> tree.put(String.valueOf(key), plain(entry)));
      } else if (component.isAnnotationPresent(Inline.class) && value instanceof Record inline) {
        tree.putAll(tree(inline));
      } else if (value != null || !component.isAnnotationPresent(WhenPresent.class)) {
        tree.put(Binder.snake(component.getName()), plain(value));
      }
    }
    return tree;
  }

  /// What of `tree` differs from `standard`.
  public static Map<String, @Nullable Object> difference(
      Map<String, @Nullable Object> tree, Map<String, @Nullable Object> standard) {
    Map<String, @Nullable Object> difference = new LinkedHashMap<>();
    tree.forEach((key, value) -> {
      Object other = standard.get(key);
      if (value instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
        Map<String, @Nullable Object> below = difference(strings(map), strings(otherMap));
        if (!below.isEmpty()) {
          difference.put(key, below);
        }
      } else if (!Objects.equals(value, other)) {
        difference.put(key, value);
      }
    });
    return difference;
  }

  /// `tree` without what is zero, empty or off.
  public static Map<String, @Nullable Object> withoutZeros(Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    tree.forEach((key, value) -> {
      if (value instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> below = withoutZeros(strings(map));
        if (!below.isEmpty()) {
          result.put(key, below);
        }
      } else if (!zero(value)) {
        result.put(key, value);
      }
    });
    return result;
  }

  /// `tree` as YAML in block style.
  public static String yaml(Map<String, @Nullable Object> tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return new Yaml(options).dump(tree);
  }

  private static boolean zero(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Boolean truth -> !truth;
      case Number number -> number.doubleValue() == 0;
      case List<?> list -> list.isEmpty();
      default -> value.toString().isEmpty() || value.toString().equals("0s");
    };
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Secret secret -> secret.toString();
      case Duration duration -> GoDuration.format(duration);
      case Record record -> tree(record);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, entry) -> result.put(String.valueOf(key), plain(entry)));
        yield result;
      }
      case List<?> list -> {
        List<@Nullable Object> result = new ArrayList<>();
        for (Object item : list) {
          result.add(plain(item));
        }
        yield result;
      }
      case Integer number -> number.longValue();
      default -> value;
    };
  }

  @SuppressWarnings("unchecked") // every map here has text keys
  private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }
}
