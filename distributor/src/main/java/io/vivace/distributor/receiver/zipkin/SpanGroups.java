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
  private static final int INITIAL_BYTES = 256;
  private static final int RESOURCE_SPANS = 1;
  private static final int RESOURCE = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SCOPE = 1;

  private final Map<String, Group> groups = new HashMap<>();
  private byte[] lastKey = {};
  private @Nullable Group last;

  /// One `ScopeSpans`.
  ///
  /// @param resourceName groups with the same one become one `ResourceSpans`
  /// @param scopeName the order of the scopes of a resource
  /// @param resource the `Resource`; that of the first group with a name is taken
  /// @param content the `ScopeSpans` that spans are added to
  record Group(String resourceName, String scopeName, OtlpWriter resource, OtlpWriter content) {
    static Group of(String resourceName, String scopeName, OtlpWriter resource, OtlpWriter scope) {
      OtlpWriter content = new OtlpWriter(INITIAL_BYTES);
      content.message(SCOPE, scope);
      return new Group(resourceName, scopeName, resource, content);
    }
  }

  /// Where the spans of a group are written.
  ///
  /// @param key what spans of one group have in common
  /// @param fresh makes the group when there is none
  OtlpWriter content(byte[] key, int from, int to, Supplier<Group> fresh) {
    // reporters send the spans of one service: the group is nearly always that of the span before
    if (last != null && Arrays.equals(lastKey, 0, lastKey.length, key, from, to)) {
      return last.content();
    }
    lastKey = Arrays.copyOfRange(key, from, to);
    String name = new String(lastKey, StandardCharsets.ISO_8859_1);
    last = groups.computeIfAbsent(name, _ -> fresh.get());
    return last.content();
  }

  /// The `ExportTraceServiceRequest`, in the order of the names.
  byte[] request() {
    List<Group> sorted =
        groups.values().stream()
            .sorted(Comparator.comparing(Group::resourceName).thenComparing(Group::scopeName))
            .toList();
    OtlpWriter out = new OtlpWriter(sorted.stream().mapToInt(SpanGroups::size).sum() + 16);
    int index = 0;
    while (index < sorted.size()) {
      Group first = sorted.get(index);
      int mark = out.begin(RESOURCE_SPANS);
      out.message(RESOURCE, first.resource());
      while (index < sorted.size()
          && sorted.get(index).resourceName().equals(first.resourceName())) {
        out.message(SCOPE_SPANS, sorted.get(index).content());
        index++;
      }
      out.end(mark);
    }
    return out.toByteArray();
  }

  private static int size(Group group) {
    return group.resource().position() + group.content().position() + 32;
  }
}
