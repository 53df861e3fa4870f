package io.vivace.storage;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What blocks there are, as of the last poll.
///
/// A block that was replaced stays in the list of blocks to read for two polls, because the block
/// that replaced it may not be in the same picture yet: reading both gives the same answer.
public final class BlockList {
  private static final Logger LOG = LoggerFactory.getLogger(BlockList.class);
  private static final int MAX_OPEN = 256;

  private final BlockStore blocks;
  private final Clock clock;
  private final Duration keepCompacted;
  private final Map<UUID, BlockReader> open =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, BlockReader> eldest) {
          return size() > MAX_OPEN;
        }
      };
  private volatile Map<String, Tenant> tenants = Map.of();

  /// The blocks of one tenant.
  ///
  /// @param live blocks in use
  /// @param compacted blocks that were replaced
  public record Tenant(List<BlockMeta> live, List<BlockStore.Compacted> compacted) {}

  /// An empty list.
  ///
  /// @param keepCompacted how long a replaced block is still read: two polls
  public BlockList(BlockStore blocks, Clock clock, Duration keepCompacted) {
    this.blocks = blocks;
    this.clock = clock;
    this.keepCompacted = keepCompacted;
  }

  /// The store that the list is about.
  public BlockStore store() {
    return blocks;
  }

  /// Looks at the store again. A tenant that cannot be read keeps the list it had.
  ///
  /// @return how many tenants could not be read
  /// @throws IOException when the tenants cannot be listed
  public int poll() throws IOException {
    Map<String, Tenant> before = tenants;
    Map<String, Tenant> after = new LinkedHashMap<>();
    int failures = 0;
    for (String tenant : blocks.tenants()) {
      try {
        after.put(tenant, poll(tenant, before.get(tenant)));
      } catch (IOException e) {
        LOG.warn("msg=\"cannot poll the block list\" tenant={}", tenant, e);
        failures++;
        Tenant old = before.get(tenant);
        if (old != null) {
          after.put(tenant, old);
        }
      }
    }
    tenants = Map.copyOf(after);
    return failures;
  }

  private Tenant poll(String tenant, @Nullable Tenant before) throws IOException {
    Map<UUID, BlockStore.Compacted> knownCompacted = new HashMap<>();
    if (before != null) {
      before.compacted().forEach(block -> knownCompacted.put(block.meta().blockId(), block));
    }
    List<BlockMeta> live = new ArrayList<>();
    List<BlockStore.Compacted> compacted = new ArrayList<>();
    for (UUID id : blocks.blocks(tenant)) {
      BlockStore.Compacted known = knownCompacted.get(id);
      BlockStore.Found found =
          known == null
              ? blocks.find(tenant, id)
              : new BlockStore.Found(Optional.empty(), Optional.of(known));
      found.live().ifPresent(live::add);
      found.compacted().ifPresent(compacted::add);
    }
    return new Tenant(List.copyOf(live), List.copyOf(compacted));
  }

  /// All tenants and their blocks.
  public Map<String, Tenant> tenants() {
    return tenants;
  }

  /// The blocks of a tenant that a query has to read.
  public List<BlockMeta> toRead(String tenant) {
    Tenant found = tenants.get(tenant);
    if (found == null) {
      return List.of();
    }
    List<BlockMeta> metas = new ArrayList<>(found.live());
    for (BlockStore.Compacted block : found.compacted()) {
      if (block.compacted().plus(keepCompacted).isAfter(clock.instant())) {
        metas.add(block.meta());
      }
    }
    return metas;
  }

  /// Opens a block for reading, or gives the one that is open already.
  public BlockReader reader(String tenant, UUID id) throws IOException {
    synchronized (open) {
      BlockReader known = open.get(id);
      if (known != null) {
        return known;
      }
    }
    BlockStore.Found found = blocks.find(tenant, id);
    BlockMeta meta =
        found
            .live()
            .or(() -> found.compacted().map(BlockStore.Compacted::meta))
            .orElseThrow(() ->
                new IOException("block " + tenant + "/" + id + ": absent (expected: a meta)"));
    BlockReader reader = blocks.open(meta);
    synchronized (open) {
      open.put(id, reader);
    }
    return reader;
  }
}
