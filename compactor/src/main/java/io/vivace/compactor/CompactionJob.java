package io.vivace.compactor;

import io.vivace.block.BlockMeta;
import java.util.List;

/// Blocks to merge into one.
///
/// @param hash decides which compactor does it (spec: choosing blocks)
/// @param blocks two or more of one tenant, format, replication factor and columns
record CompactionJob(String hash, List<BlockMeta> blocks) {
  CompactionJob {
    blocks = List.copyOf(blocks);
  }

  String tenant() {
    return blocks.getFirst().tenantId();
  }
}
