package io.vivace.traceql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of tags in requests about values: an intrinsic or a scope and a name, which runs to the
/// end of the text, blanks and quotes included (traceql.md §15, api.md §8.1).
public final class TagIdentifiers {
  private static final Map<String, Intrinsic> INTRINSICS =
      Stream.of(Intrinsic.values())
          .collect(Collectors.toUnmodifiableMap(Intrinsic::text, Function.identity()));

  private static final Map<String, Intrinsic> SCOPED =
      Map.ofEntries(
          Map.entry("span:name", Intrinsic.NAME),
          Map.entry("span:kind", Intrinsic.KIND),
          Map.entry("span:status", Intrinsic.STATUS),
          Map.entry("span:statusMessage", Intrinsic.STATUS_MESSAGE),
          Map.entry("span:duration", Intrinsic.DURATION),
          Map.entry("trace:duration", Intrinsic.TRACE_DURATION),
          Map.entry("trace:rootName", Intrinsic.ROOT_NAME),
          Map.entry("trace:rootService", Intrinsic.ROOT_SERVICE_NAME));

  private static final List<Scope> SCOPES =
      List.of(Scope.SPAN, Scope.RESOURCE, Scope.EVENT, Scope.LINK, Scope.INSTRUMENTATION);

  private TagIdentifiers() {}

  /// What the text names, or nothing when it names neither an intrinsic nor a scoped attribute.
  public static Optional<AttributeReference> parse(String text) {
    Intrinsic intrinsic = INTRINSICS.getOrDefault(text, SCOPED.get(text));
    if (intrinsic != null) {
      return Optional.of(intrinsic);
    }
    if (text.startsWith(".")) {
      return Optional.of(AttributeReference.named(Scope.NONE, text.substring(1)));
    }
    for (Scope scope : SCOPES) {
      String prefix = scope.text() + ".";
      if (text.startsWith(prefix)) {
        return Optional.of(AttributeReference.named(scope, text.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }

  /// What the text names.
  ///
  /// @throws IllegalArgumentException with Tempo's text
  public static AttributeReference require(String text) {
    return parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "tag name is not valid intrinsic or scoped attribute: " + text));
  }
}
