package io.vivace.search;

import io.vivace.wire.tempopb.MetadataMetrics;
import io.vivace.wire.tempopb.SearchTagsResponse;

/// Joins answers about tag names without scopes. Not safe for several threads.
public final class SearchTagsCombiner {
  private final DistinctValues<String> names;
  private MetadataMetrics metrics = MetadataMetrics.getDefaultInstance();

  /// @param limit most names (0 = no bound)
  /// @param maxBytes most bytes of names (0 = no bound)
  public SearchTagsCombiner(int limit, int maxBytes) {
    names = new DistinctValues<>(Texts::utf8Length, limit, maxBytes);
  }

  /// Takes the names of one answer.
  public void add(SearchTagsResponse response) {
    response.getTagNamesList().forEach(names::add);
    metrics = Texts.sum(metrics, response.getMetrics());
  }

  /// Whether a bound was met, so that asking may stop.
  public boolean isComplete() {
    return names.isFull();
  }

  /// The names so far, sorted.
  public SearchTagsResponse response() {
    return SearchTagsResponse.newBuilder()
        .addAllTagNames(names.values().stream().sorted().toList())
        .setMetrics(metrics)
        .build();
  }
}
