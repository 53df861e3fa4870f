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

/// Answers requests from tables. A search that has its `limit` reads no further table unless the
/// newest traces are asked for.
abstract class TableSearchable implements Searchable, TableSource {
  @Override
  public SearchResponse search(SearchRequest request) throws IOException {
    SearchPlan plan = SearchPlan.of(request);
    SearchResponseCombiner combiner = new SearchResponseCombiner(plan.limit(), true);
    if (!plan.isNoop()) {
      forEach(table -> {
        combiner.add(new TableSearch(table, plan).run());
        return true;
      });
    }
    return combiner.response();
  }

  @Override
  public SearchTagsResponse searchTags(SearchTagsRequest request, int maxBytes) throws IOException {
    return new TagRequests(this, maxBytes).names(request);
  }

  @Override
  public SearchTagsV2Response searchTagsV2(SearchTagsRequest request, int maxBytes)
      throws IOException {
    return new TagRequests(this, maxBytes).namesByScope(request);
  }

  @Override
  public SearchTagValuesResponse searchTagValues(SearchTagValuesRequest request, int maxBytes)
      throws IOException {
    return new TagRequests(this, maxBytes).values(request);
  }

  @Override
  public SearchTagValuesV2Response searchTagValuesV2(SearchTagValuesRequest request, int maxBytes)
      throws IOException {
    return new TagRequests(this, maxBytes).typedValues(request);
  }
}
