package io.vivace.compactor;

import io.vivace.block.BlockMerger;
import io.vivace.block.BlockMeta;
import io.vivace.block.BlockOptions;
import io.vivace.block.BlockWriter;
import io.vivace.block.FinishedBlock;
import io.vivace.block.TraceRows;
import io.vivace.storage.BlockStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Merges blocks into one.
///
/// A crash at any step leaves nothing lost and nothing doubled: the new block is complete with its
/// meta, which is written last; only then are the old ones taken out of use, and until they all
/// are, readers of both drop the spans that they meet twice.
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /// How much of a column is read at once.
  private static final int READ_BYTES = 128 << 10;

  private final BlockStore blocks;
  private final Path scratch;
  private final BlockOptions options;
  private final Supplier<UUID> ids;

  /// @param scratch folder for the block while it is being written
  /// @param ids makes ids of blocks
  Compaction(BlockStore blocks, Path scratch, BlockOptions options, Supplier<UUID> ids) {
    this.blocks = blocks;
    this.scratch = scratch;
    this.options = options;
    this.ids = ids;
  }

  /// Merges `inputs`, which share tenant, format and dedicated columns.
  ///
  /// @return the meta of the new block
  BlockMeta merge(List<BlockMeta> inputs) throws IOException {
    BlockMeta first = inputs.getFirst();
    String tenant = first.tenantId();
    BlockMeta template = template(inputs, ids.get());
    long objects = inputs.stream().mapToLong(BlockMeta::totalObjects).sum();
    Files.createDirectories(scratch);
    Path data = Files.createTempFile(scratch, "compaction", ".parquet");
    try {
      FinishedBlock finished;
      BlockMerger.Result result;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 16);
          BlockWriter writer = new BlockWriter(template, options, objects, out)) {
        List<TraceRows> sources = new ArrayList<>();
        for (BlockMeta input : inputs) {
          sources.add(blocks.open(input).rows(READ_BYTES));
        }
        result = new BlockMerger(sources).mergeInto(writer);
        finished = writer.finish();
      }
      blocks.write(finished, data);
      for (BlockMeta input : inputs) {
        blocks.markCompacted(tenant, input.blockId());
      }
      LOG.info(
          "msg=\"blocks merged\" tenant={} inputs={} block={} traces={} combined={}"
              + " duplicate_spans={}",
          tenant,
          inputs.size(),
          template.blockId(),
          result.traces(),
          result.combined(),
          result.duplicates());
      return finished.meta();
    } finally {
      Files.deleteIfExists(data);
    }
  }

  private static BlockMeta template(List<BlockMeta> inputs, UUID id) {
    BlockMeta first = inputs.getFirst();
    Instant start =
        inputs.stream().map(BlockMeta::startTime).min(Comparator.naturalOrder()).orElseThrow();
    Instant end =
        inputs.stream().map(BlockMeta::endTime).max(Comparator.naturalOrder()).orElseThrow();
    long level = inputs.stream().mapToLong(BlockMeta::compactionLevel).max().orElseThrow();
    return BlockMeta.empty(id, first.tenantId(), first.dedicatedColumns())
        .withTimes(start, end)
        .withCompactionLevel(level + 1)
        .withReplicationFactor(first.replicationFactor());
  }
}
