package io.vivace.ingester;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Makes complete blocks on the ingester's own disk.
public interface LocalBlocks {
  /// Writes a block.
  ///
  /// @param traces in ascending order of their ids, each made when its turn comes; at least one
  /// @return the block, durable and verified by reading it back
  LocalBlock write(String tenant, List<Map.Entry<TraceId, Supplier<Trace>>> traces)
      throws IOException;

  /// The tenants that have blocks here from before the last start.
  Set<String> tenants() throws IOException;

  /// The blocks of a tenant from before the last start.
  List<LocalBlock> reopen(String tenant) throws IOException;
}
