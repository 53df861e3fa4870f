package io.vivace.compactor;

import io.vivace.block.BlockMeta;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes blocks out of use when they are older than their retention, and removes blocks that have
/// been out of use long enough for every reader to know.
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final BlockStore blocks;
  private final Clock clock;

  Retention(BlockStore blocks, Clock clock) {
    this.blocks = blocks;
    this.clock = clock;
  }

  /// What was done.
  ///
  /// @param marked blocks that were taken out of use
  /// @param deleted blocks that were removed
  record Outcome(int marked, int deleted) {}

  /// Applies the retention to a tenant.
  ///
  /// @throws IOException when the store fails; what was done stays done
  Outcome apply(String tenant, BlockList.Tenant known, CompactionSettings settings)
      throws IOException {
    Instant now = clock.instant();
    int marked = 0;
    int deleted = 0;
    if (!settings.blockRetention().isZero()) {
      for (BlockMeta block : known.live()) {
        if (block.endTime().plus(settings.blockRetention()).isBefore(now)) {
          LOG.info(
              "msg=\"block is past its retention\" tenant={} block={}", tenant, block.blockId());
          blocks.markCompacted(tenant, block.blockId());
          marked++;
        }
      }
    }
    for (BlockStore.Compacted block : known.compacted()) {
      if (block.compacted().plus(settings.compactedBlockRetention()).isBefore(now)) {
        LOG.info("msg=\"removing block\" tenant={} block={}", tenant, block.meta().blockId());
        blocks.delete(tenant, block.meta().blockId());
        deleted++;
      }
    }
    return new Outcome(marked, deleted);
  }
}
