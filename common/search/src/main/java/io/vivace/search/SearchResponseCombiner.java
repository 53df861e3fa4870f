package io.vivace.search;

import io.vivace.wire.tempopb.SearchMetrics;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.ServiceStats;
import io.vivace.wire.tempopb.SpanSet;
import io.vivace.wire.tempopb.TraceSearchMetadata;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// Joins search answers of jobs, ingesters and blocks (traceql.md §11.2).
///
/// Copies of one trace meet by their id. Without `mostRecent` the first `limit` traces win; with it
/// the newest by start time do. Not safe for several threads.
public final class SearchResponseCombiner {
  /// What clients see in place of an unknown root service.
  public static final String ROOT_NOT_RECEIVED = "<root span not yet received>";

  private static final Comparator<TraceSearchMetadata> NEWEST_FIRST =
      ((Comparator<TraceSearchMetadata>)
              (a, b) -> Long.compareUnsigned(b.getStartTimeUnixNano(), a.getStartTimeUnixNano()))
          .thenComparing(TraceSearchMetadata::getTraceID);

  private final int limit;
  private final boolean mostRecent;
  private final Map<String, TraceSearchMetadata> traces = new HashMap<>();
  private final TreeSet<TraceSearchMetadata> ordered = new TreeSet<>(NEWEST_FIRST);
  private SearchMetrics metrics = SearchMetrics.getDefaultInstance();

  /// @param limit most traces to keep (0 = all)
  /// @param mostRecent keep the newest ones and never be complete by count (hint `most_recent`)
  public SearchResponseCombiner(int limit, boolean mostRecent) {
    this.limit = limit;
    this.mostRecent = mostRecent;
  }

  /// Takes the traces and the metrics of one answer.
  public void add(SearchResponse response) {
    for (TraceSearchMetadata trace : response.getTracesList()) {
      add(trace);
    }
    metrics = sum(metrics, response.getMetrics());
  }

  /// Takes one copy of a trace.
  public void add(TraceSearchMetadata trace) {
    String key = unpadded(trace.getTraceID());
    TraceSearchMetadata held = traces.get(key);
    if (held != null) {
      replace(key, held, merge(held, trace));
    } else if (limit == 0 || traces.size() < limit) {
      traces.put(key, trace);
      ordered.add(trace);
    } else if (mostRecent && NEWEST_FIRST.compare(trace, ordered.last()) < 0) {
      traces.remove(unpadded(ordered.removeLast().getTraceID()));
      traces.put(key, trace);
      ordered.add(trace);
    }
  }

  /// Whether no further trace can be accepted, so that the search may stop.
  public boolean isComplete() {
    return !mostRecent && isFull();
  }

  /// Whether `limit` traces are held.
  public boolean isFull() {
    return limit > 0 && traces.size() >= limit;
  }

  /// Start of the oldest trace held, unix nanoseconds; 0 without traces.
  ///
  /// With `mostRecent` a search may stop when [#isFull] and nothing asked later can be newer.
  public long oldestStartTimeUnixNano() {
    return ordered.isEmpty() ? 0 : ordered.last().getStartTimeUnixNano();
  }

  /// What was joined so far, newest first, unknown root names empty: the form that is joined again
  /// upstream.
  public SearchResponse response() {
    return SearchResponse.newBuilder().addAllTraces(ordered).setMetrics(metrics).build();
  }

  /// What was joined so far as clients see it: as [#response], with a placeholder for root services
  /// that are unknown.
  public SearchResponse clientResponse() {
    SearchResponse.Builder response = SearchResponse.newBuilder().setMetrics(metrics);
    for (TraceSearchMetadata trace : ordered) {
      response.addTraces(
          trace.getRootServiceName().isEmpty()
              ? trace.toBuilder().setRootServiceName(ROOT_NOT_RECEIVED).build()
              : trace);
    }
    return response.build();
  }

  private void replace(String key, TraceSearchMetadata old, TraceSearchMetadata merged) {
    ordered.remove(old);
    ordered.add(merged);
    traces.put(key, merged);
  }

  private static String unpadded(String id) {
    int start = 0;
    while (start < id.length() - 1 && id.charAt(start) == '0') {
      start++;
    }
    return start == 0 ? id : id.substring(start);
  }

  private static TraceSearchMetadata merge(TraceSearchMetadata old, TraceSearchMetadata copy) {
    TraceSearchMetadata.Builder merged = old.toBuilder();
    if (isUnknown(old.getRootServiceName())) {
      merged.setRootServiceName(copy.getRootServiceName());
    }
    if (old.getRootTraceName().isEmpty()) {
      merged.setRootTraceName(copy.getRootTraceName());
    }
    long start = copy.getStartTimeUnixNano();
    long oldStart = old.getStartTimeUnixNano();
    if (oldStart == 0 || start != 0 && Long.compareUnsigned(start, oldStart) < 0) {
      merged.setStartTimeUnixNano(start);
    }
    if (Integer.compareUnsigned(copy.getDurationMs(), old.getDurationMs()) > 0) {
      merged.setDurationMs(copy.getDurationMs());
    }
    copy.getServiceStatsMap()
        .forEach((service, stats) ->
            merged.putServiceStats(
                service,
                maximum(
                    merged.getServiceStatsOrDefault(service, ServiceStats.getDefaultInstance()),
                    stats)));
    mergeSpanSets(merged, copy);
    return merged.build();
  }

  private static boolean isUnknown(String rootServiceName) {
    return rootServiceName.isEmpty() || rootServiceName.equals(ROOT_NOT_RECEIVED);
  }

  private static ServiceStats maximum(ServiceStats a, ServiceStats b) {
    return ServiceStats.newBuilder()
        .setSpanCount(Math.max(a.getSpanCount(), b.getSpanCount()))
        .setErrorCount(Math.max(a.getErrorCount(), b.getErrorCount()))
        .build();
  }

  /// Span sets meet by the attributes that `by` stages gave them; the larger one wins as a whole.
  private static void mergeSpanSets(TraceSearchMetadata.Builder merged, TraceSearchMetadata copy) {
    Map<String, SpanSet> sets = new LinkedHashMap<>();
    merged.getSpanSetsList().forEach(set -> sets.putIfAbsent(groupKey(set), set));
    boolean changed = false;
    for (SpanSet set : copy.getSpanSetsList()) {
      SpanSet held = sets.get(groupKey(set));
      if (held == null || set.getMatched() > held.getMatched()) {
        sets.put(groupKey(set), set);
        changed = true;
      }
    }
    if (changed) {
      merged.clearSpanSets().addAllSpanSets(sets.values());
      merged.setSpanSet(merged.getSpanSets(0));
    }
  }

  private static String groupKey(SpanSet set) {
    StringBuilder key = new StringBuilder();
    set.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().startsWith("by"))
        .forEach(attribute -> {
          String value = attribute.getValue().toString();
          key.append(attribute.getKey().length()).append(attribute.getKey());
          key.append(value.length()).append(value);
        });
    return key.toString();
  }

  private static SearchMetrics sum(SearchMetrics a, SearchMetrics b) {
    return SearchMetrics.newBuilder()
        .setInspectedTraces(a.getInspectedTraces() + b.getInspectedTraces())
        .setInspectedBytes(a.getInspectedBytes() + b.getInspectedBytes())
        .setInspectedSpans(a.getInspectedSpans() + b.getInspectedSpans())
        .setTotalBlocks(a.getTotalBlocks() + b.getTotalBlocks())
        .setCompletedJobs(a.getCompletedJobs() + b.getCompletedJobs())
        .setTotalJobs(a.getTotalJobs() + b.getTotalJobs())
        .setTotalBlockBytes(a.getTotalBlockBytes() + b.getTotalBlockBytes())
        .build();
  }
}
