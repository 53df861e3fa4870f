package io.vivace.search;

import io.vivace.wire.tempopb.MetadataMetrics;
import io.vivace.wire.tempopb.SearchTagValuesV2Response;
import io.vivace.wire.tempopb.TagValue;
import java.util.Comparator;

/// Joins answers about the typed values of a tag. Not safe for several threads.
public final class SearchTagValuesV2Combiner {
  private static final Comparator<TagValue> BY_TYPE_AND_VALUE =
      Comparator.comparing(TagValue::getType).thenComparing(TagValue::getValue);

  private final DistinctValues<TagValue> values;
  private MetadataMetrics metrics = MetadataMetrics.getDefaultInstance();

  /// @param limit most values (0 = no bound)
  /// @param maxBytes most bytes of types and values (0 = no bound)
  public SearchTagValuesV2Combiner(int limit, int maxBytes) {
    values =
        new DistinctValues<>(
            value -> Texts.utf8Length(value.getType()) + Texts.utf8Length(value.getValue()),
            limit,
            maxBytes);
  }

  /// Takes the values of one answer.
  public void add(SearchTagValuesV2Response response) {
    response.getTagValuesList().forEach(values::add);
    metrics = Texts.sum(metrics, response.getMetrics());
  }

  /// Whether a bound was met, so that asking may stop.
  public boolean isComplete() {
    return values.isFull();
  }

  /// The values so far, ordered by type and value.
  public SearchTagValuesV2Response response() {
    return SearchTagValuesV2Response.newBuilder()
        .addAllTagValues(values.values().stream().sorted(BY_TYPE_AND_VALUE).toList())
        .setMetrics(metrics)
        .build();
  }
}
