package io.vivace.search;

import io.vivace.wire.tempopb.MetadataMetrics;
import io.vivace.wire.tempopb.SearchTagsV2Response;
import io.vivace.wire.tempopb.SearchTagsV2Scope;
import java.util.Map;
import java.util.TreeMap;

/// Joins answers about tag names by scope. Not safe for several threads.
///
/// The scope `intrinsic` is exempt from the limit; when another scope meets it, collection is
/// complete for all (api.md §8.3).
public final class SearchTagsV2Combiner {
  private final int limit;
  private final int maxBytes;
  private final Map<String, DistinctValues<String>> scopes = new TreeMap<>();
  private MetadataMetrics metrics = MetadataMetrics.getDefaultInstance();

  /// @param limit most names per scope (0 = no bound)
  /// @param maxBytes most bytes of names per scope (0 = no bound)
  public SearchTagsV2Combiner(int limit, int maxBytes) {
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /// Takes the names of one answer.
  public void add(SearchTagsV2Response response) {
    for (SearchTagsV2Scope scope : response.getScopesList()) {
      DistinctValues<String> names = scopes.computeIfAbsent(scope.getName(), this::namesOf);
      scope.getTagsList().forEach(names::add);
    }
    metrics = Texts.sum(metrics, response.getMetrics());
  }

  /// Whether a bound was met, so that asking may stop.
  public boolean isComplete() {
    return scopes.values().stream().anyMatch(DistinctValues::isFull);
  }

  /// The names so far: scopes in alphabetical order, names sorted, no empty scope.
  public SearchTagsV2Response response() {
    SearchTagsV2Response.Builder response = SearchTagsV2Response.newBuilder().setMetrics(metrics);
    scopes.forEach((name, names) -> {
      if (!names.values().isEmpty()) {
        response.addScopes(
            SearchTagsV2Scope.newBuilder()
                .setName(name)
                .addAllTags(names.values().stream().sorted().toList()));
      }
    });
    return response.build();
  }

  private DistinctValues<String> namesOf(String scope) {
    boolean exempt = scope.equals("intrinsic");
    return new DistinctValues<>(Texts::utf8Length, exempt ? 0 : limit, exempt ? 0 : maxBytes);
  }
}
