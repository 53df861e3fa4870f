package io.vivace.distributor.usage;

import io.vivace.wire.otlp.MalformedOtlpException;
import io.vivace.wire.otlp.OtlpBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The bytes of one tenant. Each span has its own bytes and an equal share of what is around it in
/// its `ResourceSpans`, so that all series together are exactly the bytes of these messages.
final class TenantUsage {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<SeriesTable> retired = new ArrayList<>();
  private Map<String, String> configured = Map.of();
  private SeriesTable current = new SeriesTable(Dimensions.of(Map.of()));
  private LabelValues resourceValues = new LabelValues(0);
  private LabelValues spanValues = new LabelValues(0);

  /// Counts the spans of a request.
  ///
  /// @param dimensions the overrides' `dimensions` now; series of other ones stay until they are
  ///   stale
  /// @param maxSeries most series; what comes then goes into one for the overflow
  void observe(OtlpBatch batch, Map<String, String> dimensions, int maxSeries, long nowSeconds)
      throws MalformedOtlpException {
    lock.lock();
    try {
      choose(dimensions);
      AttributeReader reader = new AttributeReader(current.dimensions(), batch.bytes());
      int before = retired.stream().mapToInt(SeriesTable::size).sum();
      int from = 0;
      while (from < batch.spanCount()) {
        int to = endOfResource(batch, from);
        resource(batch, from, to, reader, maxSeries - before, nowSeconds);
        from = to;
      }
    } finally {
      lock.unlock();
    }
  }

  private void choose(Map<String, String> dimensions) {
    if (dimensions.equals(configured)) {
      return;
    }
    if (!current.isEmpty()) {
      retired.add(current);
    }
    configured = Map.copyOf(dimensions);
    current = new SeriesTable(Dimensions.of(dimensions));
    resourceValues = new LabelValues(current.dimensions().labels().size());
    spanValues = new LabelValues(current.dimensions().labels().size());
  }

  private static int endOfResource(OtlpBatch batch, int from) {
    int to = from + 1;
    while (to < batch.spanCount() && batch.resource(to) == batch.resource(from)) {
      to++;
    }
    return to;
  }

  private void resource(
      OtlpBatch batch, int from, int to, AttributeReader reader, int maxSeries, long nowSeconds)
      throws MalformedOtlpException {
    int resource = batch.resource(from);
    resourceValues.clear();
    if (batch.resourceLength(resource) > 0) {
      reader.resource(
          batch.resourceOffset(resource), batch.resourceLength(resource), resourceValues);
    }
    long around = batch.resourceSpansLength(resource);
    for (int i = from; i < to; i++) {
      around -= batch.spanFieldLength(i);
    }
    long share = share(around, to - from, batch.spanFieldLength(from));
    long rest = around - share * (to - from);
    for (int i = from; i < to; i++) {
      spanValues.copyFrom(resourceValues);
      reader.span(batch.spanOffset(i), batch.spanLength(i), spanValues);
      current
          .find(spanValues, batch.bytes(), maxSeries)
          .add(batch.spanFieldLength(i) + share + (i == from ? rest : 0), nowSeconds);
    }
  }

  /// The rounded share of each span; rounded down when the first span, which makes up for the
  /// rounding, had less than nothing then: a counter never falls.
  static long share(long around, int spans, long firstSpan) {
    long rounded = (long) Math.rint((double) around / spans);
    boolean tooMuch = firstSpan + rounded + (around - rounded * spans) < 0;
    return tooMuch ? around / spans : rounded;
  }

  /// Forgets the series that were not touched at or after `oldestSeconds`.
  ///
  /// @return whether there is nothing left
  boolean purge(long oldestSeconds) {
    lock.lock();
    try {
      current.purge(oldestSeconds);
      retired.forEach(table -> table.purge(oldestSeconds));
      retired.removeIf(SeriesTable::isEmpty);
      return current.isEmpty() && retired.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Gives every series to `to`.
  void forEach(SeriesTable.SeriesVisitor to) {
    lock.lock();
    try {
      retired.forEach(table -> table.forEach(to));
      current.forEach(to);
    } finally {
      lock.unlock();
    }
  }
}
