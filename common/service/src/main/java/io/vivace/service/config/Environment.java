package io.vivace.service.config;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Expands `${NAME}`, `${NAME:-value}`, `${NAME:=value}` and `${NAME:value}` in the text of a
/// configuration file. An undefined variable without a value becomes empty; `$${NAME}` stays as
/// `${NAME}`.
final class Environment {
  private static final Pattern REFERENCE =
      Pattern.compile("(\\$?)\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:-|:=|:|-|=)([^}]*))?}");

  private Environment() {}

  /// `text` with its references replaced by `variables`.
  static String expand(String text, Function<String, @Nullable String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(match, variables)));
  }

  private static String replacement(
      java.util.regex.MatchResult match, Function<String, @Nullable String> variables) {
    if (!match.group(1).isEmpty()) {
      return match.group().substring(1);
    }
    String value = variables.apply(match.group(2));
    String operator = match.group(3);
    boolean emptyCounts = operator != null && List.of("-", "=").contains(operator);
    if (value != null && (emptyCounts || operator == null || !value.isEmpty())) {
      return value;
    }
    String otherwise = match.group(4);
    return otherwise == null ? "" : otherwise;
  }
}
