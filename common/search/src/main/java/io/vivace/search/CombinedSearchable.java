package io.vivace.search;

import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagValuesResponse;
import io.vivace.wire.tempopb.SearchTagValuesV2Response;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.SearchTagsResponse;
import io.vivace.wire.tempopb.SearchTagsV2Response;
import java.io.IOException;
import java.util.List;

/// Several parts that are searched as one, one after the other.
public final class CombinedSearchable implements Searchable {
  private final List<Searchable> parts;

  /// These parts, in the order in which they are searched.
  public CombinedSearchable(List<? extends Searchable> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public SearchResponse search(SearchRequest request) throws IOException {
    SearchResponseCombiner combiner = new SearchResponseCombiner(request.getLimit(), true);
    for (Searchable part : parts) {
      combiner.add(part.search(request));
    }
    return combiner.response();
  }

  @Override
  public SearchTagsResponse searchTags(SearchTagsRequest request, int maxBytes) throws IOException {
    SearchTagsCombiner combiner = new SearchTagsCombiner(0, maxBytes);
    for (Searchable part : parts) {
      combiner.add(part.searchTags(request, maxBytes));
    }
    return combiner.response();
  }

  @Override
  public SearchTagsV2Response searchTagsV2(SearchTagsRequest request, int maxBytes)
      throws IOException {
    SearchTagsV2Combiner combiner = new SearchTagsV2Combiner(0, maxBytes);
    for (Searchable part : parts) {
      combiner.add(part.searchTagsV2(request, maxBytes));
    }
    return combiner.response();
  }

  @Override
  public SearchTagValuesResponse searchTagValues(SearchTagValuesRequest request, int maxBytes)
      throws IOException {
    SearchTagValuesCombiner combiner = new SearchTagValuesCombiner(0, maxBytes);
    for (Searchable part : parts) {
      combiner.add(part.searchTagValues(request, maxBytes));
    }
    return combiner.response();
  }

  @Override
  public SearchTagValuesV2Response searchTagValuesV2(SearchTagValuesRequest request, int maxBytes)
      throws IOException {
    SearchTagValuesV2Combiner combiner = new SearchTagValuesV2Combiner(0, maxBytes);
    for (Searchable part : parts) {
      combiner.add(part.searchTagValuesV2(request, maxBytes));
    }
    return combiner.response();
  }
}
