package io.vivace.storage.index;

import io.vivace.block.BlockMeta;
import io.vivace.storage.BlockStore;
import java.time.Instant;
import java.util.List;

/// All blocks of a tenant, as one member of the cluster saw them.
///
/// @param createdAt when it was written, by the writer's clock
/// @param live blocks in use
/// @param compacted blocks that were replaced
public record TenantIndex(
    Instant createdAt, List<BlockMeta> live, List<BlockStore.Compacted> compacted) {
  /// Most bytes of an index without its compression: some three million blocks.
  static final int MAX_BYTES = 1 << 30;

  /// Copies the lists.
  public TenantIndex {
    live = List.copyOf(live);
    compacted = List.copyOf(compacted);
  }

  /// Whether there is nothing in it, so that it must not be stored.
  public boolean isEmpty() {
    return live.isEmpty() && compacted.isEmpty();
  }
}
