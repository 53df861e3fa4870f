package io.vivace.search;

import io.vivace.wire.tempopb.MetadataMetrics;
import io.vivace.wire.tempopb.SearchTagValuesResponse;

/// Joins answers about the plain values of a tag. Not safe for several threads.
public final class SearchTagValuesCombiner {
  private final DistinctValues<String> values;
  private MetadataMetrics metrics = MetadataMetrics.getDefaultInstance();

  /// @param limit most values (0 = no bound)
  /// @param maxBytes most bytes of values (0 = no bound)
  public SearchTagValuesCombiner(int limit, int maxBytes) {
    values = new DistinctValues<>(Texts::utf8Length, limit, maxBytes);
  }

  /// Takes the values of one answer.
  public void add(SearchTagValuesResponse response) {
    response.getTagValuesList().forEach(values::add);
    metrics = Texts.sum(metrics, response.getMetrics());
  }

  /// Whether a bound was met, so that asking may stop.
  public boolean isComplete() {
    return values.isFull();
  }

  /// The values so far, sorted.
  public SearchTagValuesResponse response() {
    return SearchTagValuesResponse.newBuilder()
        .addAllTagValues(values.values().stream().sorted().toList())
        .setMetrics(metrics)
        .build();
  }
}
