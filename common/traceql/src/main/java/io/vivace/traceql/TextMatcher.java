package io.vivace.traceql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A regular expression that has to match whole texts; a dot matches line breaks, the dialect is
/// RE2 (traceql.md §6.3). Literals, sets of literals and `.*` around a literal do without automata.
/// Safe for several threads.
public abstract sealed class TextMatcher {
  /// Bound of the cache, which is emptied when it is full.
  private static final int MAX_CACHED = 500;

  private static final Map<String, TextMatcher> CACHE = new ConcurrentHashMap<>();
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  /// The expression's matcher.
  ///
  /// @throws TraceQlException.Invalid for text that is no RE2 expression
  public static TextMatcher compile(String expression) {
    TextMatcher matcher = compileOrNull(expression);
    if (matcher == null) {
      throw new TraceQlException.Invalid("invalid regex: " + Value.ofString(expression));
    }
    return matcher;
  }

  static @Nullable TextMatcher compileOrNull(String expression) {
    TextMatcher cached = CACHE.get(expression);
    if (cached != null) {
      return cached;
    }
    TextMatcher compiled = compileAnew(expression);
    if (compiled != null) {
      if (CACHE.size() >= MAX_CACHED) {
        CACHE.clear();
      }
      CACHE.put(expression, compiled);
    }
    return compiled;
  }

  private static @Nullable TextMatcher compileAnew(String expression) {
    TextMatcher simple = simple(expression);
    if (simple != null) {
      return simple;
    }
    try {
      return new Automaton(Pattern.compile(withNamedGroups(expression), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /// Whether the whole text matches.
  public abstract boolean matches(String text);

  private static @Nullable TextMatcher simple(String expression) {
    if (isPlain(expression)) {
      return new OneOf(Set.of(expression));
    }
    String[] choices = expression.split("\\|", -1);
    boolean allPlain = true;
    for (String choice : choices) {
      allPlain &= isPlain(choice);
    }
    if (allPlain) {
      return new OneOf(Set.copyOf(List.of(choices)));
    }
    boolean openStart = expression.startsWith(".*");
    String rest = openStart ? expression.substring(2) : expression;
    boolean openEnd = rest.endsWith(".*");
    String middle = openEnd ? rest.substring(0, rest.length() - 2) : rest;
    return isPlain(middle) ? new Part(openStart, middle, openEnd) : null;
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> SPECIAL.indexOf(c) < 0 && !Character.isSurrogate((char) c));
  }

  /// `(?<name>` is Go's second way to write `(?P<name>`.
  private static String withNamedGroups(String expression) {
    StringBuilder result = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      result.append(c);
      if (c == '\\' && i + 1 < expression.length()) {
        result.append(expression.charAt(++i));
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (!inClass
          && expression.startsWith("(?<", i)
          && i + 3 < expression.length()
          && "=!".indexOf(expression.charAt(i + 3)) < 0) {
        result.append("?P");
        i++;
      }
    }
    return result.toString();
  }

  private static final class OneOf extends TextMatcher {
    private final Set<String> texts;

    private OneOf(Set<String> texts) {
      this.texts = texts;
    }

    @Override
    public boolean matches(String text) {
      return texts.contains(text);
    }
  }

  private static final class Part extends TextMatcher {
    private final boolean openStart;
    private final String part;
    private final boolean openEnd;

    private Part(boolean openStart, String part, boolean openEnd) {
      this.openStart = openStart;
      this.part = part;
      this.openEnd = openEnd;
    }

    @Override
    public boolean matches(String text) {
      if (openStart && openEnd) {
        return text.contains(part);
      }
      return openStart ? text.endsWith(part) : text.startsWith(part);
    }
  }

  private static final class Automaton extends TextMatcher {
    private final Pattern pattern;

    private Automaton(Pattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public boolean matches(String text) {
      return pattern.matcher(text).matches();
    }
  }
}
