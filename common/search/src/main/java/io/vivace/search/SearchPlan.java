package io.vivace.search;

import io.vivace.traceql.FieldExpression;
import io.vivace.traceql.Intrinsic;
import io.vivace.traceql.Mention;
import io.vivace.traceql.Query;
import io.vivace.traceql.Stage;
import io.vivace.wire.tempopb.SearchRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A search request, parsed once and run over many tables.
///
/// @param query what to search; null in a search by tags
/// @param mentions attributes that answers show
/// @param tags of a search by tags
/// @param minDuration least trace duration in nanoseconds in a search by tags, 0 for none
/// @param maxDuration greatest trace duration in nanoseconds in a search by tags, 0 for none
/// @param start start of the range in unix nanoseconds; 0 with `end` 0 for none
/// @param end end of the range
/// @param limit most traces, 0 for all
/// @param spansPerSpanSet most spans per span set, 0 for all
record SearchPlan(
    @Nullable Query query,
    List<Mention> mentions,
    Map<String, String> tags,
    long minDuration,
    long maxDuration,
    long start,
    long end,
    int limit,
    int spansPerSpanSet) {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;

  /// The plan of a request.
  ///
  /// @throws io.vivace.traceql.TraceQlException for a query that is none
  static SearchPlan of(SearchRequest request) {
    Query query = request.getQuery().isEmpty() ? null : Query.parse(request.getQuery());
    List<Mention> mentions = query == null ? List.of() : Mention.of(query.pipeline());
    return new SearchPlan(
        query,
        mentions,
        Map.copyOf(request.getTagsMap()),
        Integer.toUnsignedLong(request.getMinDurationMs()) * MILLISECOND,
        Integer.toUnsignedLong(request.getMaxDurationMs()) * MILLISECOND,
        Integer.toUnsignedLong(request.getStart()) * SECOND,
        Integer.toUnsignedLong(request.getEnd()) * SECOND,
        request.getLimit(),
        request.getSpansPerSpanSet());
  }

  /// Whether no data can match.
  boolean isNoop() {
    return query != null && query.isNoop();
  }

  /// Whether the newest traces are asked for.
  boolean mostRecent() {
    return query != null && query.mostRecent();
  }

  /// Whether traces are split by the name of their root service.
  boolean groupsByRootService() {
    FieldExpression rootService = new FieldExpression.Attribute(Intrinsic.ROOT_SERVICE_NAME);
    return query != null && query.pipeline().stages().contains(new Stage.GroupBy(rootService));
  }

  /// Whether all times take part.
  boolean hasNoRange() {
    return start == 0 && end == 0;
  }

  /// Whether a trace of these bounds takes part: its start is not behind the range's end, its end
  /// not before the range's start.
  boolean covers(long traceStart, long traceEnd) {
    return hasNoRange()
        || Long.compareUnsigned(traceStart, end) <= 0 && Long.compareUnsigned(traceEnd, start) >= 0;
  }
}
