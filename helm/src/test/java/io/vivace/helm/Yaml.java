package io.vivace.helm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// YAML as trees of maps, lists and scalars, and ways down such a tree. Keys without a value are
/// left out, as Kubernetes sees them.
final class Yaml {
  private Yaml() {}

  private static org.yaml.snakeyaml.Yaml reader() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
  }

  /// One document.
  static @Nullable Object parse(String text) {
    return reader().load(text);
  }

  /// All documents that are mappings.
  static List<Map<String, Object>> documents(String text) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Object document : reader().loadAll(text)) {
      if (document instanceof Map<?, ?>) {
        found.add(map(document));
      }
    }
    return found;
  }

  /// The tree as text.
  static String text(Object tree) {
    return new org.yaml.snakeyaml.Yaml().dump(tree);
  }

  /// A mapping; an absent one is empty.
  static Map<String, Object> map(@Nullable Object tree) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> given) {
      given.forEach((key, value) -> {
        if (value != null) {
          result.put(String.valueOf(key), clean(value));
        }
      });
    }
    return result;
  }

  private static Object clean(Object value) {
    return switch (value) {
      case Map<?, ?> inner -> map(inner);
      case List<?> items -> items.stream().filter(Objects::nonNull).map(Yaml::clean).toList();
      default -> value;
    };
  }

  /// What lies at the end of a path of keys.
  static Optional<Object> at(@Nullable Object tree, String... path) {
    Object current = tree;
    for (String key : path) {
      current = current instanceof Map<?, ?> mapping ? mapping.get(key) : null;
    }
    return Optional.ofNullable(current);
  }

  /// The mapping at the end of a path.
  static Map<String, Object> mapAt(@Nullable Object tree, String... path) {
    return map(at(tree, path).orElse(null));
  }

  /// The mappings of the list at the end of a path.
  static List<Map<String, Object>> mapsAt(@Nullable Object tree, String... path) {
    return at(tree, path).orElse(List.of()) instanceof List<?> items
        ? items.stream().map(Yaml::map).toList()
        : List.of();
  }

  /// The scalar at the end of a path as text; nothing is empty.
  static String textAt(@Nullable Object tree, String... path) {
    return at(tree, path).map(String::valueOf).orElse("");
  }
}
