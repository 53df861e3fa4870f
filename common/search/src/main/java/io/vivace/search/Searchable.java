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

/// Traces that can be searched: live traces or row groups of a block.
///
/// Every method throws [io.vivace.traceql.TraceQlException] for a query that is the client's
/// mistake (HTTP 400, `INVALID_ARGUMENT`) and [IOException] when the block cannot be read. The
/// answers are those of one part; the combiners of this package join parts.
///
/// `maxBytes` bounds the summed length of distinct texts that an answer about tags holds
/// (`max_bytes_per_tag_values_query`; 0 = no bound); an answer that meets it is cut without a mark
/// (api.md §8.3).
public interface Searchable {
  /// The traces that match, newest first, at most `limit` of them (0 = all), with at most
  /// `SpansPerSpanSet` spans per span set (0 = all).
  ///
  /// Root names that are unknown stay empty; [SearchResponseCombiner] writes the placeholder.
  SearchResponse search(SearchRequest request) throws IOException;

  /// The names of attributes of the scope asked for, sorted.
  SearchTagsResponse searchTags(SearchTagsRequest request, int maxBytes) throws IOException;

  /// The names of attributes by scope, sorted.
  SearchTagsV2Response searchTagsV2(SearchTagsRequest request, int maxBytes) throws IOException;

  /// The values of a tag by its bare name, in whatever scope, sorted.
  SearchTagValuesResponse searchTagValues(SearchTagValuesRequest request, int maxBytes)
      throws IOException;

  /// The typed values of an attribute or intrinsic.
  ///
  /// @throws IllegalArgumentException for a name that is neither; the text is the one clients see
  SearchTagValuesV2Response searchTagValuesV2(SearchTagValuesRequest request, int maxBytes)
      throws IOException;
}
