package io.vivace.traceql;

import java.io.IOException;

/// Spans of some traces as columns: what the engine reads.
///
/// Spans are rows from 0, those of a trace, of a resource and of an instrumentation scope next to
/// each other; so are the events and links of a span. Columns are read when they are asked for.
public interface SpanTable {
  /// Number of entries of a level.
  int rows(Level level) throws IOException;

  /// Where entries begin: for `TRACE`, `RESOURCE` and `INSTRUMENTATION` the first span of every
  /// entry, for `EVENT` and `LINK` the first entry of every span; one number more closes the last.
  /// Not to be changed.
  ///
  /// @throws IllegalArgumentException for `SPAN`
  int[] offsets(Level level) throws IOException;

  /// The values of an attribute with a scope or of an intrinsic, one per entry of its level.
  Vector column(AttributeReference reference) throws IOException;
}
