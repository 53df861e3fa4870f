package io.vivace.storage;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockReader;
import io.vivace.block.FinishedBlock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Blocks in an object store, laid out as Tempo does: `tenant/block id/name`, `meta.json` written
/// last and renamed to `meta.compacted.json` when the block was replaced (spec: object layout).
public final class BlockStore {
  /// Name of the traces of a block.
  public static final String DATA = "data.parquet";

  /// Name of the index of a block.
  public static final String INDEX = "index";

  /// Name of the meta, whose presence says that the block is complete.
  public static final String META = "meta.json";

  /// Name of the meta of a block that was replaced.
  public static final String COMPACTED_META = "meta.compacted.json";

  /// Name of a mark: compactors leave the block alone while it is there.
  static final String HELD = "nocompact.flg";

  private final ObjectStore objects;

  /// Blocks in `objects`.
  public BlockStore(ObjectStore objects) {
    this.objects = objects;
  }

  /// The store below.
  public ObjectStore objects() {
    return objects;
  }

  /// Name of an object of a block.
  public static String name(String tenant, UUID block, String name) {
    return tenant + "/" + block + "/" + name;
  }

  /// Name of a shard of the bloom filter.
  public static String bloom(int shard) {
    return "bloom-" + shard;
  }

  /// A block that was replaced or has outlived its retention.
  ///
  /// @param meta the block
  /// @param compacted when
  public record Compacted(BlockMeta meta, Instant compacted) {}

  /// Everything that is known of one block: one of the two, or nothing for a block that is not
  /// complete or is being removed.
  ///
  /// @param live the meta of a block that is in use
  /// @param compacted the meta of one that is not any more
  public record Found(Optional<BlockMeta> live, Optional<Compacted> compacted) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());
  }

  /// The tenants that have objects, sorted.
  public List<String> tenants() throws IOException {
    return objects.list("").stream()
        .filter(name -> name.endsWith("/"))
        .map(name -> name.substring(0, name.length() - 1))
        .toList();
  }

  /// The ids of all blocks of a tenant, complete or not.
  public List<UUID> blocks(String tenant) throws IOException {
    String prefix = tenant + "/";
    List<UUID> ids = new ArrayList<>();
    for (String name : objects.list(prefix)) {
      if (name.endsWith("/")) {
        blockId(name.substring(prefix.length(), name.length() - 1)).ifPresent(ids::add);
      }
    }
    return ids;
  }

  /// The id of a block from the name of its folder; empty for other names.
  static Optional<UUID> blockId(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Looks a block up.
  public Found find(String tenant, UUID block) throws IOException {
    try {
      return new Found(Optional.of(meta(tenant, block, META)), Optional.empty());
    } catch (NoSuchFileException e) {
      try {
        String name = name(tenant, block, COMPACTED_META);
        Instant since = objects.lastModified(name);
        BlockMeta meta = meta(tenant, block, COMPACTED_META);
        return new Found(Optional.empty(), Optional.of(new Compacted(meta, since)));
      } catch (NoSuchFileException neither) {
        return Found.NOTHING;
      }
    }
  }

  /// When a block whose meta is known was taken out of use; nothing when it is gone meanwhile.
  Found compacted(BlockMeta meta) throws IOException {
    try {
      Instant since = objects.lastModified(name(meta.tenantId(), meta.blockId(), COMPACTED_META));
      return new Found(Optional.empty(), Optional.of(new Compacted(meta, since)));
    } catch (NoSuchFileException e) {
      return Found.NOTHING;
    }
  }

  private BlockMeta meta(String tenant, UUID block, String name) throws IOException {
    return BlockMeta.parse(objects.read(name(tenant, block, name)), tenant + "/" + block);
  }

  /// Opens a block for reading.
  public BlockReader open(BlockMeta meta) throws IOException {
    String tenant = meta.tenantId();
    UUID id = meta.blockId();
    return BlockReader.open(
        meta,
        new ObjectRangeReader(objects, name(tenant, id, DATA), meta.size()),
        shard -> objects.read(name(tenant, id, bloom(shard))));
  }

  /// Stores a block that was written, its meta last.
  ///
  /// @param data the file with its traces
  public void write(FinishedBlock block, Path data) throws IOException {
    writeContent(block, data);
    writeMeta(block.meta());
  }

  /// Makes a block that is stored apart from its meta complete.
  public void writeMeta(BlockMeta meta) throws IOException {
    objects.write(name(meta.tenantId(), meta.blockId(), META), meta.toJson());
  }

  /// Whether a block is there and in use.
  public boolean isLive(String tenant, UUID block) throws IOException {
    return exists(name(tenant, block, META));
  }

  /// As [#write] without the meta, so that nobody sees the block yet.
  public void writeContent(FinishedBlock block, Path data) throws IOException {
    String tenant = block.meta().tenantId();
    UUID id = block.meta().blockId();
    objects.write(name(tenant, id, DATA), data);
    for (int shard = 0; shard < block.bloom().shardCount(); shard++) {
      objects.write(name(tenant, id, bloom(shard)), block.bloom().file(shard));
    }
    objects.write(name(tenant, id, INDEX), block.index());
  }

  /// Copies a complete block from here to `target`, its meta last.
  public void copy(BlockMeta meta, BlockStore target) throws IOException {
    String tenant = meta.tenantId();
    UUID id = meta.blockId();
    List<String> names = new ArrayList<>();
    names.add(DATA);
    for (int shard = 0; shard < meta.bloomShardCount(); shard++) {
      names.add(bloom(shard));
    }
    names.add(INDEX);
    names.add(META);
    for (String name : names) {
      String object = name(tenant, id, name);
      if (name.equals(INDEX) && !exists(object)) {
        continue;
      }
      target.objects.copyFrom(objects, object);
    }
  }

  private boolean exists(String object) throws IOException {
    try {
      return objects.size(object) >= 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// Says that a block was replaced. Its objects stay until [#delete]. Nothing happens when it was
  /// said before.
  public void markCompacted(String tenant, UUID block) throws IOException {
    byte[] meta;
    try {
      meta = objects.read(name(tenant, block, META));
    } catch (NoSuchFileException e) {
      return;
    }
    objects.write(name(tenant, block, COMPACTED_META), meta);
    objects.delete(name(tenant, block, META));
  }

  /// Removes a block: its meta first, so that nobody takes what is left for a block.
  public void delete(String tenant, UUID block) throws IOException {
    objects.delete(name(tenant, block, META));
    String prefix = tenant + "/" + block + "/";
    for (String name : objects.list(prefix)) {
      if (!name.endsWith("/") && !name.endsWith(COMPACTED_META)) {
        objects.delete(name);
      }
    }
    // last, so that a removal that was interrupted is found and finished
    objects.delete(name(tenant, block, COMPACTED_META));
  }
}
