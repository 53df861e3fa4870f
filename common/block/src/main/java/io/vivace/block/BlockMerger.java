package io.vivace.block;

import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.vivace.wire.TraceCombiner;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Merges rows of several sources in the order of their ids; rows of the same id become one, each
/// span once. Completes head blocks and compacts blocks. Memory is bounded by one trace of each
/// source. Sources with equal ids count in the order they were given, so equal input gives equal
/// output.
public final class BlockMerger {
  private final List<TraceRows> sources;

  /// Merges `sources`, each ascending; a source may repeat an id in consecutive rows.
  public BlockMerger(List<TraceRows> sources) {
    this.sources = List.copyOf(sources);
  }

  /// What a merge did.
  ///
  /// @param traces rows written
  /// @param combined rows that came from more than one
  /// @param spans spans written
  /// @param duplicates spans that were dropped because they had been met
  /// @param empty rows without a span, which are not written
  public record Result(long traces, long combined, long spans, long duplicates, long empty) {}

  private record Head(int source, TraceRow row) {}

  /// Writes everything to `target`, which the caller finishes.
  public Result mergeInto(BlockWriter target) throws IOException {
    PriorityQueue<Head> heads =
        new PriorityQueue<>(
            Math.max(1, sources.size()),
            Comparator.comparing((Head head) -> head.row().id()).thenComparingInt(Head::source));
    for (int source = 0; source < sources.size(); source++) {
      advance(source, heads);
    }
    long traces = 0;
    long combined = 0;
    long spans = 0;
    long duplicates = 0;
    long empty = 0;
    List<Trace> pieces = new ArrayList<>();
    for (Head head = heads.poll(); head != null; head = heads.poll()) {
      TraceId id = head.row().id();
      pieces.clear();
      pieces.add(head.row().trace());
      advance(head.source(), heads);
      for (Head same = heads.peek();
          same != null && same.row().id().equals(id);
          same = heads.peek()) {
        pieces.add(same.row().trace());
        heads.poll();
        advance(same.source(), heads);
      }
      Trace trace = pieces.size() == 1 ? pieces.getFirst() : combine(pieces);
      long kept = spans(trace);
      duplicates += pieces.stream().mapToLong(BlockMerger::spans).sum() - kept;
      if (kept == 0) {
        empty++;
        continue;
      }
      target.add(id, trace);
      traces++;
      combined += pieces.size() > 1 ? 1 : 0;
      spans += kept;
    }
    return new Result(traces, combined, spans, duplicates, empty);
  }

  /// Copies that are equal to the last bit, the normal case among replicas, need no combining.
  private static Trace combine(List<Trace> pieces) {
    Trace first = pieces.getFirst();
    return pieces.stream().allMatch(first::equals) ? first : TraceCombiner.combine(pieces);
  }

  private void advance(int source, PriorityQueue<Head> heads) throws IOException {
    TraceRow row = sources.get(source).next();
    if (row != null) {
      heads.add(new Head(source, row));
    }
  }

  private static long spans(Trace trace) {
    long spans = 0;
    for (ResourceSpans resource : trace.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        spans += scope.getSpansCount();
      }
    }
    return spans;
  }
}
