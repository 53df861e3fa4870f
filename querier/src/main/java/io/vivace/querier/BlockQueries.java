package io.vivace.querier;

import io.vivace.search.Searchable;
import io.vivace.wire.TraceId;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.Optional;

/// Blocks in the object store, for queries.
interface BlockQueries {
  /// The trace with this id in a block, if it has it.
  Optional<Trace> find(String tenant, String blockId, TraceId traceId) throws IOException;

  /// The row groups of `range`.
  Searchable searchable(String tenant, BlockRange range) throws IOException;
}
