package io.vivace.frontend.http;

import io.vivace.wire.tempopb.SearchRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Reads the parameters of `GET /api/search`. The order of the checks decides which of several
/// errors a client sees.
final class SearchParameters {
  private static final Set<String> RESERVED =
      Set.of(
          "q", "tags", "start", "end", "minDuration", "maxDuration", "limit", "spss", "rf1After");
  private static final int DEFAULT_SPANS_PER_SPAN_SET = 3;

  private SearchParameters() {}

  static SearchRequest parse(QueryParameters parameters, FrontendLimits limits) {
    SearchRequest.Builder request =
        SearchRequest.newBuilder().setSpansPerSpanSet(DEFAULT_SPANS_PER_SPAN_SET);
    TimeRange.parse(parameters, request::setStart, request::setEnd);
    request.putAllTags(tags(parameters, request));
    durations(parameters, request);
    int limit = positive(parameters, "limit", limits.defaultResultLimit());
    request.setLimit(limit);
    request.setSpansPerSpanSet(positive(parameters, "spss", DEFAULT_SPANS_PER_SPAN_SET));
    TimeRange.checkRf1After(parameters);
    boolean hasRange = request.getStart() != 0 || request.getEnd() != 0;
    if (hasRange && request.getEnd() <= request.getStart()) {
      throw GoParse.bad(
          "http parameter start must be before end. received start="
              + request.getStart()
              + " end="
              + request.getEnd());
    }
    if (limits.maxResultLimit() > 0 && limit > limits.maxResultLimit()) {
      throw GoParse.bad("limit " + limit + " exceeds max limit " + limits.maxResultLimit());
    }
    return request.build();
  }

  /// What is checked after the query itself was parsed.
  static void validate(SearchRequest request, FrontendLimits limits, Duration maxDuration) {
    if (request.getQuery().getBytes(StandardCharsets.UTF_8).length
        > limits.maxQueryExpressionBytes()) {
      throw GoParse.bad(
          "TraceQL expression exceeds the configured maximum size of "
              + limits.maxQueryExpressionBytes()
              + " bytes, reduce the query expression size or contact your system administrator");
    }
    TimeRange.check(request.getStart(), request.getEnd(), maxDuration);
    int most = limits.maxSpansPerSpanSet();
    if (most > 0 && request.getSpansPerSpanSet() > most) {
      throw GoParse.bad(
          "spans per span set exceeds " + most + ". received " + request.getSpansPerSpanSet());
    }
  }

  private static Map<String, String> tags(
      QueryParameters parameters, SearchRequest.Builder request) {
    String query = parameters.get("q");
    String tags = parameters.get("tags");
    if (!query.isEmpty() && !tags.isEmpty()) {
      throw GoParse.bad("invalid request: can't specify tags and q in the same query");
    }
    request.setQuery(query);
    if (!tags.isEmpty()) {
      return LogfmtTags.parse(tags);
    }
    if (parameters.has("q")
        || parameters.has("tags")
        || parameters.has("start")
        || parameters.has("end")) {
      return Map.of();
    }
    Map<String, String> legacy = new LinkedHashMap<>(parameters.all());
    legacy.keySet().removeAll(RESERVED);
    legacy.values().removeIf(String::isEmpty);
    return legacy;
  }

  private static void durations(QueryParameters parameters, SearchRequest.Builder request) {
    if (!parameters.get("minDuration").isEmpty()) {
      request.setMinDurationMs(
          (int) GoParse.duration("minDuration", parameters.get("minDuration")).toMillis());
    }
    if (!parameters.get("maxDuration").isEmpty()) {
      request.setMaxDurationMs(
          (int) GoParse.duration("maxDuration", parameters.get("maxDuration")).toMillis());
      if (request.getMaxDurationMs() < request.getMinDurationMs()) {
        throw GoParse.bad("invalid maxDuration: must be greater than minDuration");
      }
    }
  }

  private static int positive(QueryParameters parameters, String name, int otherwise) {
    String text = parameters.get(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    long value = GoParse.integer(name, text, 64, "Atoi");
    if (value <= 0) {
      throw GoParse.bad("invalid " + name + ": must be a positive number");
    }
    return (int) Math.min(value, Integer.MAX_VALUE);
  }
}
