package io.vivace.querier;

import io.vivace.block.BlockReader;
import io.vivace.search.BlockSearch;
import io.vivace.search.Searchable;
import io.vivace.storage.BlockList;
import io.vivace.wire.TraceId;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/// Reads blocks of the store; those that were read before stay open.
final class StoredBlockQueries implements BlockQueries {
  private final BlockList blocks;

  StoredBlockQueries(BlockList blocks) {
    this.blocks = blocks;
  }

  @Override
  public Optional<Trace> find(String tenant, String blockId, TraceId traceId) throws IOException {
    return blocks.reader(tenant, UUID.fromString(blockId)).find(traceId);
  }

  @Override
  public Searchable searchable(String tenant, BlockRange range) throws IOException {
    BlockReader reader = blocks.reader(tenant, UUID.fromString(range.getBlockId()));
    return range.getRowGroups() == 0
        ? new BlockSearch(reader)
        : new BlockSearch(reader, range.getFirstRowGroup(), range.getRowGroups());
  }
}
