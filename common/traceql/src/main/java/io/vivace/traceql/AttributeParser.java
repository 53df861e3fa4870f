package io.vivace.traceql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parses attributes and intrinsics (traceql.md §1.3).
final class AttributeParser {
  private static final Map<String, Intrinsic> WORDS =
      Map.ofEntries(
          Map.entry("duration", Intrinsic.DURATION),
          Map.entry("childCount", Intrinsic.CHILD_COUNT),
          Map.entry("name", Intrinsic.NAME),
          Map.entry("status", Intrinsic.STATUS),
          Map.entry("statusMessage", Intrinsic.STATUS_MESSAGE),
          Map.entry("kind", Intrinsic.KIND),
          Map.entry("parent", Intrinsic.PARENT),
          Map.entry("rootName", Intrinsic.ROOT_NAME),
          Map.entry("rootServiceName", Intrinsic.ROOT_SERVICE_NAME),
          Map.entry("traceDuration", Intrinsic.TRACE_DURATION),
          Map.entry("nestedSetLeft", Intrinsic.NESTED_SET_LEFT),
          Map.entry("nestedSetRight", Intrinsic.NESTED_SET_RIGHT),
          Map.entry("nestedSetParent", Intrinsic.NESTED_SET_PARENT));

  private record Scoped(String word, Intrinsic intrinsic) {}

  /// By scope, in the order of Tempo's error texts.
  private static final Map<String, List<Scoped>> SCOPED =
      Map.of(
          "trace:",
          List.of(
              new Scoped("duration", Intrinsic.TRACE_DURATION),
              new Scoped("rootName", Intrinsic.ROOT_NAME),
              new Scoped("rootService", Intrinsic.ROOT_SERVICE_NAME),
              new Scoped("id", Intrinsic.TRACE_ID)),
          "span:",
          List.of(
              new Scoped("duration", Intrinsic.DURATION),
              new Scoped("name", Intrinsic.NAME),
              new Scoped("kind", Intrinsic.KIND),
              new Scoped("status", Intrinsic.STATUS),
              new Scoped("statusMessage", Intrinsic.STATUS_MESSAGE),
              new Scoped("id", Intrinsic.SPAN_ID),
              new Scoped("parentID", Intrinsic.SPAN_PARENT_ID)),
          "event:",
          List.of(
              new Scoped("name", Intrinsic.EVENT_NAME),
              new Scoped("timeSinceStart", Intrinsic.EVENT_TIME_SINCE_START)),
          "link:",
          List.of(
              new Scoped("traceID", Intrinsic.LINK_TRACE_ID),
              new Scoped("spanID", Intrinsic.LINK_SPAN_ID)),
          "instrumentation:",
          List.of(
              new Scoped("name", Intrinsic.INSTRUMENTATION_NAME),
              new Scoped("version", Intrinsic.INSTRUMENTATION_VERSION)));

  private static final Map<String, Scope> SCOPES =
      Map.of(
          ".", Scope.NONE,
          "span.", Scope.SPAN,
          "resource.", Scope.RESOURCE,
          "event.", Scope.EVENT,
          "link.", Scope.LINK,
          "instrumentation.", Scope.INSTRUMENTATION);

  private final Tokens tokens;

  AttributeParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /// The attribute or intrinsic that begins here, or null when none does.
  @Nullable AttributeReference parse() {
    if (!tokens.is(Token.Kind.SYMBOL)) {
      return null;
    }
    String text = tokens.current().text();
    Intrinsic word = WORDS.get(text);
    if (word != null) {
      tokens.take();
      return word;
    }
    List<Scoped> scoped = SCOPED.get(text);
    if (scoped != null) {
      tokens.take();
      return scoped(scoped);
    }
    Scope scope = SCOPES.get(text);
    if (scope != null) {
      tokens.take();
      return named(scope, false, "IDENTIFIER");
    }
    if (tokens.accept("parent.")) {
      Scope inner = SCOPES.get(tokens.current().text());
      if (inner != null && tokens.is(Token.Kind.SYMBOL)) {
        tokens.take();
        return named(inner, true, "IDENTIFIER");
      }
      return named(Scope.NONE, true, "IDENTIFIER", "resource.", "span.");
    }
    return null;
  }

  private Intrinsic scoped(List<Scoped> choices) {
    for (Scoped choice : choices) {
      if (tokens.accept(choice.word())) {
        return choice.intrinsic();
      }
    }
    String[] words = choices.stream().map(Scoped::word).toArray(String[]::new);
    throw words.length > 4 ? tokens.unexpected() : tokens.unexpected(words);
  }

  private AttributeReference named(Scope scope, boolean parent, String... expected) {
    if (!tokens.is(Token.Kind.IDENTIFIER)) {
      throw tokens.unexpected(expected);
    }
    String name = tokens.take().text();
    tokens.expect(Token.Kind.END_ATTRIBUTE);
    return new AttributeReference.Named(scope, parent, name);
  }
}
