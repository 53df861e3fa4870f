package io.vivace.ingester;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockOptions;
import io.vivace.block.BlockReader;
import io.vivace.block.BlockWriter;
import io.vivace.block.DedicatedColumn;
import io.vivace.block.FinishedBlock;
import io.vivace.search.BlockSearch;
import io.vivace.search.Searchable;
import io.vivace.storage.BlockStore;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Blocks in a store on the ingester's disk, from where they are copied to the shared one.
final class StoredLocalBlocks implements LocalBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(StoredLocalBlocks.class);

  /// What marks a block that was copied: the time in it.
  private static final String FLUSHED = "flushed";

  private final BlockStore local;
  private final BlockStore shared;
  private final Path scratch;
  private final BlockOptions options;
  private final Function<String, List<DedicatedColumn>> dedicatedColumns;
  private final Supplier<UUID> ids;

  /// @param local blocks on this disk
  /// @param shared blocks that everybody sees
  /// @param scratch folder for files that are being written
  /// @param dedicatedColumns the columns of a tenant's blocks
  /// @param ids makes ids of blocks
  StoredLocalBlocks(
      BlockStore local,
      BlockStore shared,
      Path scratch,
      BlockOptions options,
      Function<String, List<DedicatedColumn>> dedicatedColumns,
      Supplier<UUID> ids) {
    this.local = local;
    this.shared = shared;
    this.scratch = scratch;
    this.options = options;
    this.dedicatedColumns = dedicatedColumns;
    this.ids = ids;
  }

  @Override
  public LocalBlock write(String tenant, List<Map.Entry<TraceId, Supplier<Trace>>> traces)
      throws IOException {
    UUID id = ids.get();
    BlockMeta template = BlockMeta.empty(id, tenant, dedicatedColumns.apply(tenant));
    Files.createDirectories(scratch);
    Path data = Files.createTempFile(scratch, "block", ".parquet");
    try {
      FinishedBlock finished;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 16);
          BlockWriter writer = new BlockWriter(template, options, traces.size(), out)) {
        for (Map.Entry<TraceId, Supplier<Trace>> trace : traces) {
          writer.add(trace.getKey(), trace.getValue().get());
        }
        finished = writer.finish();
      }
      local.write(finished, data);
      BlockReader reader = local.open(finished.meta());
      verify(reader, traces);
      return new Block(finished.meta(), reader, null);
    } catch (IOException | RuntimeException e) {
      local.delete(tenant, id);
      throw e;
    } finally {
      Files.deleteIfExists(data);
    }
  }

  /// Reads back the ends of the block before the log may forget its traces.
  private static void verify(BlockReader reader, List<Map.Entry<TraceId, Supplier<Trace>>> traces)
      throws IOException {
    for (TraceId id : List.of(traces.getFirst().getKey(), traces.getLast().getKey())) {
      if (reader.find(id).isEmpty()) {
        throw new IOException(
            "block " + reader.meta().blockId() + ": trace " + id + " absent (expected: readable)");
      }
    }
    if (reader.meta().totalObjects() != traces.size()) {
      throw new IOException(
          "block "
              + reader.meta().blockId()
              + ": "
              + reader.meta().totalObjects()
              + " traces (expected: "
              + traces.size()
              + ")");
    }
  }

  @Override
  public Set<String> tenants() throws IOException {
    return new HashSet<>(local.tenants());
  }

  @Override
  public List<LocalBlock> reopen(String tenant) throws IOException {
    List<LocalBlock> blocks = new ArrayList<>();
    for (UUID id : local.blocks(tenant)) {
      Optional<BlockMeta> meta = local.find(tenant, id).live();
      if (meta.isEmpty()) {
        // a write that did not get to its end: the log still has the traces
        LOG.info("msg=\"removing incomplete local block\" tenant={} block={}", tenant, id);
        local.delete(tenant, id);
      } else {
        blocks.add(new Block(meta.get(), local.open(meta.get()), flushed(tenant, id)));
      }
    }
    return blocks;
  }

  private @Nullable Instant flushed(String tenant, UUID id) throws IOException {
    try {
      byte[] text = local.objects().read(BlockStore.name(tenant, id, FLUSHED));
      return Instant.parse(new String(text, StandardCharsets.UTF_8).trim());
    } catch (NoSuchFileException e) {
      return null;
    } catch (DateTimeException e) {
      LOG.warn(
          "msg=\"flushed mark is damaged, will flush again\" tenant={} block={}", tenant, id, e);
      return null;
    }
  }

  private final class Block implements LocalBlock {
    private final BlockMeta meta;
    private final BlockReader reader;
    private volatile @Nullable Instant flushed;

    Block(BlockMeta meta, BlockReader reader, @Nullable Instant flushed) {
      this.meta = meta;
      this.reader = reader;
      this.flushed = flushed;
    }

    @Override
    public UUID id() {
      return meta.blockId();
    }

    @Override
    public @Nullable Instant flushed() {
      return flushed;
    }

    @Override
    public Optional<Trace> find(TraceId id) throws IOException {
      return reader.find(id);
    }

    @Override
    public Searchable searchable() {
      return new BlockSearch(reader);
    }

    @Override
    public void flush(Instant now) throws IOException {
      local.copy(meta, shared);
      local
          .objects()
          .write(
              BlockStore.name(meta.tenantId(), meta.blockId(), FLUSHED),
              now.toString().getBytes(StandardCharsets.UTF_8));
      flushed = now;
    }

    @Override
    public void delete() throws IOException {
      local.delete(meta.tenantId(), meta.blockId());
    }
  }
}
