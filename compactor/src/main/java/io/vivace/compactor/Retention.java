package io.vivace.compactor;

import io.vivace.block.BlockMeta;
import io.vivace.ring.Ownership;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.storage.Parallel;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes blocks out of use when they are older than their retention, and removes blocks that have
/// been out of use long enough for every reader to know. Each block is the business of the
/// compactor that owns its id.
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final BlockStore blocks;
  private final Ownership ownership;
  private final int concurrency;
  private final Clock clock;

  /// @param concurrency blocks at a time
  Retention(BlockStore blocks, Ownership ownership, int concurrency, Clock clock) {
    this.blocks = blocks;
    this.ownership = ownership;
    this.concurrency = concurrency;
    this.clock = clock;
  }

  /// What was done.
  ///
  /// @param marked blocks that were taken out of use
  /// @param deleted blocks that were removed
  record Outcome(List<BlockStore.Compacted> marked, List<UUID> deleted) {}

  /// Applies the retention to a tenant.
  ///
  /// @param done gets what was done, also when the rest fails
  /// @throws IOException when the store fails; what was done stays done
  void apply(
      String tenant, BlockList.Tenant known, CompactionSettings settings, Consumer<Outcome> done)
      throws IOException {
    Instant now = clock.instant();
    List<BlockMeta> expired =
        settings.blockRetention().isZero()
            ? List.of()
            : known.live().stream()
                .filter(block -> block.endTime().plus(settings.blockRetention()).isBefore(now))
                .filter(block -> ownership.owns(block.blockId().toString()))
                .toList();
    List<BlockStore.Compacted> removable =
        known.compacted().stream()
            .filter(
                block -> block.compacted().plus(settings.compactedBlockRetention()).isBefore(now))
            .filter(block -> ownership.owns(block.meta().blockId().toString()))
            .toList();
    List<BlockStore.Compacted> marked = Collections.synchronizedList(new ArrayList<>());
    List<UUID> deleted = Collections.synchronizedList(new ArrayList<>());
    try {
      Parallel.forEach(
          expired,
          concurrency,
          block -> {
            LOG.info(
                "msg=\"block is past its retention\" tenant={} block={}", tenant, block.blockId());
            blocks.markCompacted(tenant, block.blockId());
            marked.add(new BlockStore.Compacted(block, clock.instant()));
          });
      Parallel.forEach(
          removable,
          concurrency,
          block -> {
            LOG.info("msg=\"removing block\" tenant={} block={}", tenant, block.meta().blockId());
            blocks.delete(tenant, block.meta().blockId());
            deleted.add(block.meta().blockId());
          });
    } finally {
      done.accept(new Outcome(List.copyOf(marked), List.copyOf(deleted)));
    }
  }
}
