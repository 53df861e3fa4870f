package io.vivace.search;

import io.vivace.traceql.TraceQlException;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.SearchTagValuesRequest;
import io.vivace.wire.tempopb.SearchTagValuesResponse;
import io.vivace.wire.tempopb.SearchTagValuesV2Response;
import io.vivace.wire.tempopb.SearchTagsRequest;
import io.vivace.wire.tempopb.SearchTagsResponse;
import io.vivace.wire.tempopb.SearchTagsV2Response;
import java.util.Collection;
import java.util.List;

/// Live traces that can be searched.
public final class LiveTraces implements Searchable {
  private final List<TraceColumns> traces;

  /// These traces, each id once.
  public LiveTraces(Collection<TraceColumns> traces) {
    this.traces = List.copyOf(traces);
  }

  @Override
  public SearchResponse search(SearchRequest request) {
    throw unsupported();
  }

  @Override
  public SearchTagsResponse searchTags(SearchTagsRequest request, int maxBytes) {
    throw unsupported();
  }

  @Override
  public SearchTagsV2Response searchTagsV2(SearchTagsRequest request, int maxBytes) {
    throw unsupported();
  }

  @Override
  public SearchTagValuesResponse searchTagValues(SearchTagValuesRequest request, int maxBytes) {
    throw unsupported();
  }

  @Override
  public SearchTagValuesV2Response searchTagValuesV2(SearchTagValuesRequest request, int maxBytes) {
    throw unsupported();
  }

  private TraceQlException.Unsupported unsupported() {
    return new TraceQlException.Unsupported(
        "search over " + traces.size() + " live traces: not supported yet");
  }
}
