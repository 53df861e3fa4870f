package io.vivace.frontend.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a query string. The first value of a name counts; an empty one counts as
/// absent; a pair with a `;` or a broken escape is dropped.
public final class QueryParameters {
  private final Map<String, String> values = new LinkedHashMap<>();

  /// Parses the part of a URL behind `?`.
  ///
  /// @param query undecoded, null when there is none
  public QueryParameters(@Nullable String query) {
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      if (pair.isEmpty() || pair.indexOf(';') >= 0) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (name != null && value != null) {
        values.putIfAbsent(name, value);
      }
    }
  }

  private static @Nullable String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The value of `name`, empty when it is absent.
  public String get(String name) {
    return values.getOrDefault(name, "");
  }

  /// Whether `name` is there, with whatever value.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// All parameters in order.
  public Map<String, String> all() {
    return values;
  }
}
