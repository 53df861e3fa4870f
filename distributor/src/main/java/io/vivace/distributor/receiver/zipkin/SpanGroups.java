package io.vivace.distributor.receiver.zipkin;

import io.vivace.wire.otlp.OtlpWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The spans of one request, put together by resource and scope.
final class SpanGroups {
  private static final int RESOURCE_SPANS = 1;
  private static final int RESOURCE = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SCOPE = 1;

  private static final Comparator<Group> BY_NAMES =
      Comparator.comparing((Group group) -> group.origin().resourceName())
          .thenComparing(group -> group.origin().scopeName());

  private final Map<String, Group> groups = new HashMap<>();
  private final int expectedBytes;
  private byte[] lastKey = {};
  private @Nullable Group last;

  /// No spans yet.
  ///
  /// @param expectedBytes size of the whole request, about
  SpanGroups(int expectedBytes) {
    this.expectedBytes = expectedBytes;
  }

  /// Where the spans of one `ScopeSpans` come from.
  ///
  /// @param resourceName groups with the same one become one `ResourceSpans`
  /// @param scopeName the order of the scopes of a resource
  /// @param resource the `Resource`; that of the first group with a name is taken
  /// @param scope the `Scope`
  record Origin(String resourceName, String scopeName, OtlpWriter resource, OtlpWriter scope) {}

  private record Group(Origin origin, OtlpWriter content) {}

  /// Where the spans of a group are written.
  ///
  /// @param key what spans of one group have in common
  /// @param origin what is written once when the group is new
  OtlpWriter content(byte[] key, int from, int to, Supplier<Origin> origin) {
    // reporters send the spans of one service: the group is nearly always that of the span before
    if (last != null && Arrays.equals(lastKey, 0, lastKey.length, key, from, to)) {
      return last.content();
    }
    lastKey = Arrays.copyOfRange(key, from, to);
    String name = new String(lastKey, StandardCharsets.ISO_8859_1);
    last = groups.computeIfAbsent(name, _ -> group(origin.get()));
    return last.content();
  }

  /// Nearly all spans are in the first group.
  private Group group(Origin origin) {
    OtlpWriter content = new OtlpWriter(groups.isEmpty() ? expectedBytes : 256);
    content.message(SCOPE, origin.scope());
    return new Group(origin, content);
  }

  /// The `ExportTraceServiceRequest`, in the order of the names.
  byte[] request() {
    List<Group> sorted = groups.values().stream().sorted(BY_NAMES).toList();
    OtlpWriter out = new OtlpWriter(sorted.stream().mapToInt(SpanGroups::size).sum() + 16);
    int index = 0;
    while (index < sorted.size()) {
      Origin first = sorted.get(index).origin();
      int mark = out.begin(RESOURCE_SPANS);
      out.message(RESOURCE, first.resource());
      while (index < sorted.size()
          && sorted.get(index).origin().resourceName().equals(first.resourceName())) {
        out.message(SCOPE_SPANS, sorted.get(index).content());
        index++;
      }
      out.end(mark);
    }
    return out.toByteArray();
  }

  private static int size(Group group) {
    return group.origin().resource().position() + group.content().position() + 32;
  }
}
