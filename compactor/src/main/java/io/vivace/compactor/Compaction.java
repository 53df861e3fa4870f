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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Merges blocks into one.
///
/// A crash at any step loses nothing: the new block is complete with its meta, which is written
/// last; only then are the old ones taken out of use. Until they all are, readers of both drop the
/// spans that they meet twice, and the claim tells the next compactor what to finish or remove.
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /// How much of a column is read at once. There are a hundred columns in each of four blocks.
  private static final int READ_BYTES = 64 << 10;

  private final BlockStore blocks;
  private final Claims claims;
  private final Path scratch;
  private final BlockOptions options;
  private final Supplier<UUID> ids;
  private final Clock clock;

  /// What came of a merge.
  ///
  /// @param block the new block
  /// @param replaced the old ones
  /// @param merged what was done to their traces
  record Result(BlockMeta block, List<BlockStore.Compacted> replaced, BlockMerger.Result merged) {}

  /// @param scratch folder for the block while it is being written
  /// @param ids makes ids of blocks
  Compaction(
      BlockStore blocks,
      Claims claims,
      Path scratch,
      BlockOptions options,
      Supplier<UUID> ids,
      Clock clock) {
    this.blocks = blocks;
    this.claims = claims;
    this.scratch = scratch;
    this.options = options;
    this.ids = ids;
    this.clock = clock;
  }

  /// Does a job.
  ///
  /// @param isOwner asked again and again while it runs; the job ends when it says no
  /// @return empty when another compactor has a claim, or one of the blocks is gone
  /// @throws IOException when a block is damaged, the store fails, or the job is not ours any more
  Optional<Result> run(CompactionJob job, BooleanSupplier isOwner) throws IOException {
    String tenant = job.tenant();
    List<UUID> inputs = job.blocks().stream().map(BlockMeta::blockId).toList();
    Claim claim = new Claim(ids.get(), job.hash(), inputs);
    if (!claims.take(tenant, claim)) {
      LOG.info("msg=\"another compactor is at these blocks\" tenant={} job={}", tenant, job.hash());
      return Optional.empty();
    }
    Files.createDirectories(scratch);
    Path data = Files.createTempFile(scratch, "compaction", ".parquet");
    try {
      Optional<Prepared> prepared = prepare(job, claim, data, isOwner);
      // from here on the new block may be seen: nothing of it is removed any more
      return prepared.isEmpty()
          ? Optional.empty()
          : Optional.of(replace(job, claim, prepared.get()));
    } finally {
      Files.deleteIfExists(data);
    }
  }

  /// A new block without its meta.
  ///
  /// @param meta the meta, to be written
  /// @param merged what was done
  private record Prepared(BlockMeta meta, BlockMerger.Result merged) {}

  private Optional<Prepared> prepare(
      CompactionJob job, Claim claim, Path data, BooleanSupplier isOwner) throws IOException {
    String tenant = job.tenant();
    try {
      if (!areLive(tenant, claim.inputs())) {
        LOG.info("msg=\"blocks are gone already\" tenant={} job={}", tenant, job.hash());
        claims.release(tenant, claim);
        return Optional.empty();
      }
      Watch watch = new Watch(tenant, claim, isOwner);
      Written written = merge(job, claim.output(), data, watch);
      blocks.writeContent(written.block(), data);
      watch.check();
      claims.check(tenant, claim);
      if (!areLive(tenant, claim.inputs())) {
        throw new IOException(
            "job " + job.hash() + ": a block was taken away meanwhile (expected: all there)");
      }
      return Optional.of(new Prepared(written.block().meta(), written.merged()));
    } catch (IOException | RuntimeException e) {
      abandon(tenant, claim, e);
      throw e;
    }
  }

  private record Written(FinishedBlock block, BlockMerger.Result merged) {}

  private Written merge(CompactionJob job, UUID output, Path data, Watch watch) throws IOException {
    long objects = job.blocks().stream().mapToLong(BlockMeta::totalObjects).sum();
    BlockMeta template = template(job.blocks(), output);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 16);
        BlockWriter writer = new BlockWriter(template, options, objects, out)) {
      List<TraceRows> sources = new ArrayList<>();
      for (BlockMeta input : job.blocks()) {
        TraceRows rows = blocks.open(input).rows(READ_BYTES);
        sources.add(() -> {
          watch.tick();
          return rows.next();
        });
      }
      BlockMerger.Result merged = new BlockMerger(sources).mergeInto(writer);
      return new Written(writer.finish(), merged);
    }
  }

  private Result replace(CompactionJob job, Claim claim, Prepared prepared) throws IOException {
    String tenant = job.tenant();
    BlockMeta output = prepared.meta();
    BlockMerger.Result merged = prepared.merged();
    blocks.writeMeta(output);
    List<BlockStore.Compacted> replaced = new ArrayList<>();
    for (BlockMeta input : job.blocks()) {
      blocks.markCompacted(tenant, input.blockId());
      replaced.add(new BlockStore.Compacted(input, clock.instant()));
    }
    claims.release(tenant, claim);
    LOG.info(
        "msg=\"blocks merged\" tenant={} inputs={} block={} traces={} combined={}"
            + " duplicate_spans={}",
        tenant,
        job.blocks().size(),
        output.blockId(),
        merged.traces(),
        merged.combined(),
        merged.duplicates());
    return new Result(output, replaced, merged);
  }

  /// Removes what there is of a new block whose meta was not written. When that fails too, the next
  /// compactor does it.
  private void abandon(String tenant, Claim claim, Exception cause) {
    try {
      blocks.delete(tenant, claim.output());
      claims.release(tenant, claim);
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private boolean areLive(String tenant, List<UUID> inputs) throws IOException {
    for (UUID input : inputs) {
      if (!blocks.isLive(tenant, input)) {
        return false;
      }
    }
    return true;
  }

  /// Looks up from the work from time to time.
  private final class Watch {
    private static final int ROWS = 64;

    private final String tenant;
    private final Claim claim;
    private final BooleanSupplier isOwner;
    private Instant nextLook = clock.instant();
    private Instant nextRenewal = clock.instant().plus(Claims.RENEWAL);
    private int rows;

    Watch(String tenant, Claim claim, BooleanSupplier isOwner) {
      this.tenant = tenant;
      this.claim = claim;
      this.isOwner = isOwner;
    }

    void tick() throws IOException {
      rows++;
      if (rows % ROWS == 0 && !clock.instant().isBefore(nextLook)) {
        check();
        nextLook = clock.instant().plusSeconds(1);
        if (!clock.instant().isBefore(nextRenewal)) {
          claims.renew(tenant, claim);
          nextRenewal = clock.instant().plus(Claims.RENEWAL);
        }
      }
    }

    void check() throws IOException {
      if (Thread.currentThread().isInterrupted() || !isOwner.getAsBoolean()) {
        throw new IOException(
            "job " + claim.hash() + ": not this compactor's any more (expected: to own it)");
      }
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
