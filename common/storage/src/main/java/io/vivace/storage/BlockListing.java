package io.vivace.storage;

import io.vivace.block.BlockFormatException;
import io.vivace.block.BlockMeta;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds the blocks of a tenant by listing its objects. A meta that is known already is not read
/// again, because it never changes.
final class BlockListing {
  private final BlockStore blocks;
  private final int concurrency;
  private final Duration jitter;
  private final RandomGenerator random;
  private final Pause pause;

  BlockListing(BlockStore blocks, PollSettings settings, RandomGenerator random, Pause pause) {
    this.blocks = blocks;
    this.concurrency = settings.concurrency();
    this.jitter = settings.jitter();
    this.random = random;
    this.pause = pause;
  }

  /// What the names of a tenant's objects say.
  private static final class Names {
    final Set<UUID> live = new HashSet<>();
    final Map<UUID, @Nullable Instant> compacted = new HashMap<>();
    final Set<UUID> held = new HashSet<>();
  }

  /// What the last poll found, by id.
  private static final class Known {
    final Map<UUID, BlockMeta> metas = new HashMap<>();
    final Map<UUID, Instant> times = new HashMap<>();

    Known(BlockList.@Nullable Tenant before) {
      if (before != null) {
        before.live().forEach(meta -> metas.put(meta.blockId(), meta));
        before
            .compacted()
            .forEach(block -> {
              metas.put(block.meta().blockId(), block.meta());
              times.put(block.meta().blockId(), block.compacted());
            });
      }
    }
  }

  /// @param before what is known of the tenant
  /// @param withoutHeld whether blocks that a writer holds back (`nocompact.flg`) are left out
  BlockList.Tenant list(String tenant, BlockList.@Nullable Tenant before, boolean withoutHeld)
      throws IOException {
    Names names = names(tenant);
    if (withoutHeld) {
      names.live.removeAll(names.held);
    }
    names.compacted.keySet().removeAll(names.live);
    Known known = new Known(before);
    Map<UUID, BlockMeta> live = new LinkedHashMap<>();
    Map<UUID, BlockStore.Compacted> compacted = new LinkedHashMap<>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID id : names.live) {
      BlockMeta meta = known.metas.get(id);
      if (meta == null) {
        unknown.add(id);
      } else {
        live.put(id, meta);
      }
    }
    for (Map.Entry<UUID, @Nullable Instant> entry : names.compacted.entrySet()) {
      UUID id = entry.getKey();
      BlockMeta meta = known.metas.get(id);
      Instant time = known.times.containsKey(id) ? known.times.get(id) : entry.getValue();
      if (meta == null || time == null) {
        unknown.add(id);
      } else {
        compacted.put(id, new BlockStore.Compacted(meta, time));
      }
    }
    Parallel.forEach(
        unknown,
        concurrency,
        id -> {
          waitALittle();
          BlockMeta meta = names.live.contains(id) ? null : known.metas.get(id);
          BlockStore.Found found = meta == null ? find(tenant, id) : blocks.compacted(meta);
          synchronized (live) {
            found.live().ifPresent(block -> live.put(id, block));
            found.compacted().ifPresent(block -> compacted.put(id, block));
          }
        });
    return new BlockList.Tenant(
        live.values().stream().sorted(Comparator.comparing(BlockMeta::blockId)).toList(),
        compacted.values().stream()
            .sorted(Comparator.comparing((BlockStore.Compacted block) -> block.meta().blockId()))
            .toList());
  }

  private Names names(String tenant) throws IOException {
    String prefix = tenant + "/";
    Names names = new Names();
    blocks
        .objects()
        .walk(
            prefix,
            object -> {
              String[] path = object.name().substring(prefix.length()).split("/", -1);
              Optional<UUID> id = path.length == 2 ? BlockStore.blockId(path[0]) : Optional.empty();
              if (id.isPresent()) {
                switch (path[1]) {
                  case BlockStore.META -> names.live.add(id.get());
                  case BlockStore.COMPACTED_META ->
                      names.compacted.put(id.get(), object.lastModified());
                  case BlockStore.HELD -> names.held.add(id.get());
                  default -> {}
                }
              }
            });
    return names;
  }

  /// A writer that does not write at once may have got half a meta into a folder: look twice.
  private BlockStore.Found find(String tenant, UUID id) throws IOException {
    try {
      return blocks.find(tenant, id);
    } catch (BlockFormatException e) {
      return blocks.find(tenant, id);
    } catch (NoSuchFileException e) {
      return BlockStore.Found.NOTHING;
    }
  }

  private void waitALittle() throws IOException {
    if (jitter.isPositive()) {
      try {
        pause.pause(Duration.ofNanos(random.nextLong(jitter.toNanos())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while polling", e);
      }
    }
  }
}
