package io.vivace.search;

import io.vivace.traceql.AttributeReference;
import io.vivace.traceql.Level;
import io.vivace.traceql.SpanTable;
import io.vivace.traceql.Vector;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.ServiceStats;
import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.function.Consumer;

/// A span table that also has what answers hold besides attributes.
interface SearchTable extends SpanTable {
  TraceId traceId(int trace) throws IOException;

  /// Earliest span start by trace, unix nanoseconds.
  long[] traceStarts() throws IOException;

  /// Latest span end by trace, unix nanoseconds.
  long[] traceEnds() throws IOException;

  /// Whether a trace can take part in a search of this range, in unix nanoseconds, as far as can be
  /// told without reading.
  boolean mayCover(long start, long end) throws IOException;

  /// Spans and errors by service; empty where the block does not have them.
  Map<String, ServiceStats> serviceStats(int trace) throws IOException;

  /// Ids by span.
  long[] spanIds() throws IOException;

  /// Starts by span, unix nanoseconds.
  long[] spanStarts() throws IOException;

  /// Durations by span, nanoseconds.
  long[] spanDurations() throws IOException;

  /// Gives the names of the attributes that entries of a level have, each at least once.
  ///
  /// @param entries the entries to look at
  void attributeNames(Level level, BitSet entries, Consumer<String> names) throws IOException;

  /// The values of entries that have one key several times: searches see the first, lists of values
  /// name all of them.
  ///
  /// @param occurrence which of equal keys of an entry, 1 for the second
  Vector furtherValues(AttributeReference.Named named, int occurrence) throws IOException;

  /// Bytes read so far.
  long inspectedBytes();
}
