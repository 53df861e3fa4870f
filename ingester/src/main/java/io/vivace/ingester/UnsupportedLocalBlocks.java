package io.vivace.ingester;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Refuses to make blocks.
final class UnsupportedLocalBlocks implements LocalBlocks {
  @Override
  public LocalBlock write(String tenant, Iterable<Map.Entry<TraceId, Supplier<Trace>>> traces)
      throws IOException {
    throw new IOException("blocks: not supported yet; the append log keeps the traces");
  }

  @Override
  public Set<String> tenants() {
    return Set.of();
  }

  @Override
  public List<LocalBlock> reopen(String tenant) {
    return List.of();
  }
}
