package io.vivace.service.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Trees as maps, lists and scalars, for keys that no record names.
final class Raw {
  private Raw() {}

  static @Nullable Object value(Tree node) {
    return switch (node) {
      case Tree.Scalar scalar -> scalar(scalar);
      case Tree.Sequence sequence -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (Tree item : sequence.items()) {
          items.add(value(item));
        }
        yield items;
      }
      case Tree.Mapping mapping -> mapping(mapping);
    };
  }

  static Map<String, @Nullable Object> mapping(Tree.Mapping mapping) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    mapping.entries().forEach((key, value) -> result.put(key, value(value)));
    return result;
  }

  /// What `node` should have been, or null when it is of the same kind as `standard`.
  static @Nullable String mismatch(Tree node, @Nullable Object standard) {
    return switch (standard) {
      case null -> null;
      case Boolean _ -> value(node) instanceof Boolean ? null : "true or false";
      case Number _ -> value(node) instanceof Number ? null : "a number";
      case List<?> _ -> node instanceof Tree.Sequence ? null : "a list";
      case Map<?, ?> _ -> node instanceof Tree.Mapping ? null : "a mapping";
      default -> text(node, standard.toString());
    };
  }

  private static @Nullable String text(Tree node, String standard) {
    if (!(node instanceof Tree.Scalar scalar)) {
      return "a text";
    }
    boolean duration = GoDuration.parse(standard).isPresent();
    return duration && GoDuration.parse(scalar.text()).isEmpty()
        ? "a duration such as 30s or 1h30m"
        : null;
  }

  private static @Nullable Object scalar(Tree.Scalar scalar) {
    if (!scalar.plain()) {
      return scalar.text();
    }
    if (scalar.isNull()) {
      return null;
    }
    Boolean truth = Scalars.truth(scalar.text());
    if (truth != null) {
      return truth;
    }
    BigDecimal number = Scalars.number(scalar.text());
    if (number == null) {
      return scalar.text();
    }
    Object whole = Scalars.integer(long.class, number);
    return whole == null ? (Object) number.doubleValue() : whole;
  }
}
