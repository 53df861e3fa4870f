package io.vivace.service.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Binds a [Tree] to records: key = component name in snake case. What the tree does not say is
/// taken from an instance with the defaults; without one it is zero, as in Go. Problems are
/// collected, not thrown, so that all are reported at once.
final class Binder {
  private final List<String> problems = new ArrayList<>();
  private final List<String> withoutEffect = new ArrayList<>();
  private final boolean openRest;

  /// @param openRest whether [Rest] takes any key: true for the defaults themselves, which define
  ///   what is known
  Binder(boolean openRest) {
    this.openRest = openRest;
  }

  /// Every problem so far, in the order of the document.
  List<String> problems() {
    return problems;
  }

  /// Paths of keys that the document sets and that nothing here uses.
  List<String> withoutEffect() {
    return withoutEffect;
  }

  /// Binds `node` to `type`.
  ///
  /// @param defaults values for what `node` leaves out; null means zero values
  /// @param path dotted path of `node`, empty for the root
  <T extends Record> T bind(Class<T> type, Tree node, @Nullable T defaults, String path) {
    if (node.absent()) {
      return record(type, new Tree.Mapping(Map.of(), node.line()), defaults, path);
    }
    if (node instanceof Tree.Mapping mapping) {
      Set<String> known = new LinkedHashSet<>();
      boolean rest = keys(type, known);
      if (!rest) {
        refuseUnknown(mapping, known, path);
      }
      return record(type, mapping, defaults, path);
    }
    problem(node, path + ": " + describe(node) + " (expected: a mapping)");
    return record(type, new Tree.Mapping(Map.of(), node.line()), defaults, path);
  }

  private <T extends Record> T record(
      Class<T> type, Tree.Mapping node, @Nullable T defaults, String path) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      Object standard = defaults == null ? null : read(component, defaults);
      if (component.isAnnotationPresent(Inline.class)) {
        arguments[i] = inline(component, node, standard, path);
      } else if (component.isAnnotationPresent(Rest.class)) {
        arguments[i] = rest(type, node, standard, path);
      } else {
        arguments[i] = component(component, node, standard, path);
      }
    }
    return construct(type, components, arguments);
  }

  private @Nullable Object component(
      RecordComponent component, Tree.Mapping node, @Nullable Object standard, String path) {
    String key = snake(component.getName());
    if (component.isAnnotationPresent(Instances.class)) {
      return instances(component, node, standard, path);
    }
    Tree value = node.entries().get(key);
    String valuePath = join(path, key);
    if (value == null) {
      if (component.isAnnotationPresent(WhenPresent.class)) {
        return null;
      }
      if (standard == null && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        return null;
      }
      return absent(component, standard, valuePath);
    }
    if (openRest && value.absent()) {
      return null;
    }
    return value(component.getGenericType(), value, standard, valuePath);
  }

  private Map<String, @Nullable Object> instances(
      RecordComponent component, Tree.Mapping node, @Nullable Object standard, String path) {
    String type = snake(component.getName());
    Type item = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1];
    @Nullable Object defaults = standard == null ? null : asMap(standard).get(type);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    node.entries()
        .forEach((key, value) -> {
          if (key.equals(type) || (key.startsWith(type + "/") && !key.endsWith("/"))) {
            result.put(key, value(item, value, defaults, join(path, key)));
          }
        });
    return result;
  }

  /// The value of a key that is not there. Records are bound all the same: they may hold a
  /// [WhenPresent].
  private @Nullable Object absent(
      RecordComponent component, @Nullable Object standard, String path) {
    Class<?> type = component.getType();
    if (standard != null && type.isRecord() && type != Secret.class) {
      Tree nothing = new Tree.Mapping(Map.of(), 0);
      return nested(type.asSubclass(Record.class), nothing, standard, path);
    }
    return standard == null ? zero(component.getGenericType(), path) : standard;
  }

  private Object inline(
      RecordComponent component, Tree.Mapping node, @Nullable Object standard, String path) {
    Class<? extends Record> type = component.getType().asSubclass(Record.class);
    return inline(type, node, standard, path);
  }

  private <T extends Record> T inline(
      Class<T> type, Tree.Mapping node, @Nullable Object standard, String path) {
    return record(type, node, standard == null ? null : type.cast(standard), path);
  }

  private Map<String, @Nullable Object> rest(
      Class<?> type, Tree.Mapping node, @Nullable Object standard, String path) {
    Set<String> claimed = new LinkedHashSet<>();
    keys(type, claimed);
    Map<String, Tree> remaining = new LinkedHashMap<>(node.entries());
    remaining.keySet().removeAll(claimed);
    if (openRest) {
      return Raw.mapping(new Tree.Mapping(remaining, node.line()));
    }
    Map<String, @Nullable Object> schema = standard == null ? Map.of() : asMap(standard);
    Set<String> known = new LinkedHashSet<>(claimed);
    known.addAll(schema.keySet());
    refuseUnknown(node, known, path);
    Map<String, @Nullable Object> result = new LinkedHashMap<>(schema);
    remaining.forEach((key, value) -> {
      if (schema.containsKey(key)) {
        String valuePath = join(path, key);
        result.put(key, checked(value, schema.get(key), valuePath));
        noteWithoutEffect(valuePath, result.get(key), schema.get(key));
      }
    });
    return result;
  }

  private void noteWithoutEffect(String path, @Nullable Object set, @Nullable Object standard) {
    if (set instanceof Map<?, ?> map && standard instanceof Map<?, ?> schema && !schema.isEmpty()) {
      map.forEach((key, value) -> noteWithoutEffect(join(path, "" + key), value, schema.get(key)));
    } else if (!java.util.Objects.equals(set, standard)) {
      withoutEffect.add(path);
    }
  }

  /// A value below a [Rest] or free mapping: known keys only and the same kind of scalar, as far as
  /// the defaults tell.
  private @Nullable Object checked(Tree node, @Nullable Object standard, String path) {
    if (node.absent()) {
      return standard;
    }
    if (standard instanceof Map<?, ?> map && !map.isEmpty()) {
      return checkedMapping(node, asMap(map), path);
    }
    String expected = Raw.mismatch(node, standard);
    if (expected != null) {
      problem(node, path + ": " + describe(node) + " (expected: " + expected + ")");
      return standard;
    }
    return Raw.value(node);
  }

  private Map<String, @Nullable Object> checkedMapping(
      Tree node, Map<String, @Nullable Object> schema, String path) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>(schema);
    if (!(node instanceof Tree.Mapping mapping)) {
      problem(node, path + ": " + describe(node) + " (expected: a mapping)");
      return result;
    }
    refuseUnknown(mapping, schema.keySet(), path);
    mapping
        .entries()
        .forEach((key, value) -> {
          if (schema.containsKey(key)) {
            result.put(key, checked(value, schema.get(key), join(path, key)));
          }
        });
    return result;
  }

  private @Nullable Object value(Type type, Tree node, @Nullable Object standard, String path) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return list(arguments[0], node, standard, path);
      }
      return map(arguments[1], node, standard, path);
    }
    if (type instanceof Class<?> raw && raw.isRecord() && raw != Secret.class) {
      return nested(raw.asSubclass(Record.class), node, standard, path);
    }
    if (type == Object.class) {
      return checked(node, standard, path);
    }
    if (node.absent()) {
      return standard == null ? zero(type, path) : standard;
    }
    Object scalar = node instanceof Tree.Scalar text ? Scalars.parse((Class<?>) type, text) : null;
    if (scalar == null) {
      String expected = Scalars.expected((Class<?>) type);
      problem(node, path + ": " + describe(node) + " (expected: " + expected + ")");
      return standard == null ? zero(type, path) : standard;
    }
    return scalar;
  }

  private <T extends Record> T nested(
      Class<T> type, Tree node, @Nullable Object standard, String path) {
    return bind(type, node, standard == null ? null : type.cast(standard), path);
  }

  private Object list(Type item, Tree node, @Nullable Object standard, String path) {
    if (node.absent()) {
      return standard == null ? List.of() : standard;
    }
    List<Object> result = new ArrayList<>();
    if (node instanceof Tree.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        Object bound = value(item, sequence.items().get(i), null, path + "[" + i + "]");
        if (bound != null) {
          result.add(bound);
        }
      }
    } else if (item == String.class && node instanceof Tree.Scalar scalar) {
      result.addAll(List.of(scalar.text().split(",")));
    } else {
      problem(node, path + ": " + describe(node) + " (expected: a list)");
    }
    return List.copyOf(result);
  }

  private Object map(Type item, Tree node, @Nullable Object standard, String path) {
    if (node.absent()) {
      return standard == null ? Map.of() : standard;
    }
    if (item == Object.class && openRest && node instanceof Tree.Mapping mapping) {
      return Raw.mapping(mapping);
    }
    if (item == Object.class && standard instanceof Map<?, ?> schema && !schema.isEmpty()) {
      return checkedMapping(node, asMap(schema), path);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    if (node instanceof Tree.Mapping mapping) {
      mapping
          .entries()
          .forEach((key, value) -> result.put(key, value(item, value, null, join(path, key))));
    } else {
      problem(node, path + ": " + describe(node) + " (expected: a mapping)");
    }
    return result;
  }

  private @Nullable Object zero(Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class ? List.of() : Map.of();
    }
    if (type instanceof Class<?> raw && raw.isRecord() && raw != Secret.class) {
      Tree nothing = new Tree.Mapping(Map.of(), 0);
      return nested(raw.asSubclass(Record.class), nothing, null, path);
    }
    return type instanceof Class<?> raw ? Scalars.zero(raw) : null;
  }

  private void refuseUnknown(Tree.Mapping node, Set<String> known, String path) {
    node.entries()
        .forEach((key, value) -> {
          if (!known.contains(key) && !known.contains(instanceOf(key))) {
            String near = Nearest.to(key, known);
            String hint = near == null ? "" : ", did you mean " + near + "?";
            problem(value, "unknown key " + join(path, key) + hint);
          }
        });
  }

  /// The entry of the known keys that stands for every `type/name`.
  private static String instanceOf(String key) {
    int slash = key.indexOf('/');
    return slash < 0 || slash == key.length() - 1 ? key : key.substring(0, slash) + "/*";
  }

  private void problem(Tree node, String text) {
    problems.add(node.line() == 0 ? text : "line " + node.line() + ": " + text);
  }

  /// Collects the keys of `type` and says whether it has a [Rest].
  private static boolean keys(Class<?> type, Set<String> into) {
    boolean rest = false;
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.isAnnotationPresent(Rest.class)) {
        rest = true;
      } else if (component.isAnnotationPresent(Inline.class)) {
        rest |= keys(component.getType(), into);
      } else {
        into.add(snake(component.getName()));
        if (component.isAnnotationPresent(Instances.class)) {
          into.add(snake(component.getName()) + "/*");
        }
      }
    }
    return rest;
  }

  @SuppressWarnings("unchecked") // keys come from Raw or from a schema: always String
  private static Map<String, @Nullable Object> asMap(Object value) {
    return (Map<String, @Nullable Object>) value;
  }

  static @Nullable Object read(RecordComponent component, Record instance) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(instance);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component.toString(), e);
    }
  }

  static <T extends Record> T construct(
      Class<T> type, RecordComponent[] components, @Nullable Object[] arguments) {
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String describe(Tree node) {
    return switch (node) {
      case Tree.Scalar scalar -> scalar.text();
      case Tree.Sequence _ -> "a list";
      case Tree.Mapping _ -> "a mapping";
    };
  }

  /// `httpListenPort` → `http_listen_port`.
  static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
