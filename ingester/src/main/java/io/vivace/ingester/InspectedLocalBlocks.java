package io.vivace.ingester;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Shows every trace that goes into a block to [TraceWarnings].
///
/// @param blocks writes the blocks
/// @param warnings looks at the traces
record InspectedLocalBlocks(LocalBlocks blocks, TraceWarnings warnings) implements LocalBlocks {
  @Override
  public LocalBlock write(String tenant, List<Map.Entry<TraceId, Supplier<Trace>>> traces)
      throws IOException {
    List<Map.Entry<TraceId, Supplier<Trace>>> inspected = new ArrayList<>(traces.size());
    for (Map.Entry<TraceId, Supplier<Trace>> trace : traces) {
      inspected.add(
          Map.entry(
              trace.getKey(),
              () -> {
                Trace made = trace.getValue().get();
                warnings.look(tenant, made);
                return made;
              }));
    }
    return blocks.write(tenant, inspected);
  }

  @Override
  public Set<String> tenants() throws IOException {
    return blocks.tenants();
  }

  @Override
  public List<LocalBlock> reopen(String tenant) throws IOException {
    return blocks.reopen(tenant);
  }
}
