package io.vivace.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vivace.block.BlockMeta;
import io.vivace.block.BlockReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What blocks there are, as of the last poll and of what this process did since.
///
/// A block that was replaced stays in the list of blocks to read for two polls, because the block
/// that replaced it may not be in the same picture yet: reading both gives the same answer.
public final class BlockList {
  /// Bytes of footers of the blocks that stay open; in memory they take about three times that.
  private static final long OPEN_FOOTER_BYTES = 16 << 20;

  /// What a change here may be older than a list that does not show it: a builder writes the time
  /// of its index when it begins to list, and its clock may differ.
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final BlockStore blocks;
  private final BlockPoller poller;
  private final BlockOpener opener;
  private final Clock clock;
  private final Duration keepCompacted;
  private final Cache<Key, BlockReader> open =
      Caffeine.newBuilder()
          .maximumWeight(OPEN_FOOTER_BYTES)
          .weigher((Key key, BlockReader reader) ->
              (int) Math.min(1 << 30, 1024 + reader.meta().footerSize()))
          .executor(Runnable::run)
          .build();
  private final List<Change> changes = new ArrayList<>();
  private volatile Map<String, Tenant> tenants = Map.of();

  private record Key(String tenant, UUID block) {}

  private record Change(
      String tenant,
      Instant at,
      List<BlockMeta> added,
      Map<UUID, BlockStore.Compacted> compacted,
      Set<UUID> removed) {}

  /// The blocks of one tenant.
  ///
  /// @param live blocks in use
  /// @param compacted blocks that were replaced
  /// @param asOf when this was so
  public record Tenant(List<BlockMeta> live, List<BlockStore.Compacted> compacted, Instant asOf) {
    /// Copies the lists.
    public Tenant {
      live = List.copyOf(live);
      compacted = List.copyOf(compacted);
    }

    Tenant(List<BlockMeta> live, List<BlockStore.Compacted> compacted) {
      this(live, compacted, Instant.EPOCH);
    }

    Tenant asOf(Instant time) {
      return new Tenant(live, compacted, time);
    }
  }

  /// Opens blocks for queries.
  @FunctionalInterface
  public interface BlockOpener {
    /// Opens a block for reading.
    BlockReader open(BlockMeta meta) throws IOException;
  }

  /// An empty list.
  ///
  /// @param opener opens blocks that queries read
  /// @param keepCompacted how long a replaced block is still read: two polls
  public BlockList(
      BlockStore blocks,
      BlockPoller poller,
      BlockOpener opener,
      Clock clock,
      Duration keepCompacted) {
    this.blocks = blocks;
    this.poller = poller;
    this.opener = opener;
    this.clock = clock;
    this.keepCompacted = keepCompacted;
  }

  /// A list that lists the store itself and reads blocks without caches: for tools and tests.
  public static BlockList of(BlockStore blocks, Clock clock, Duration keepCompacted) {
    BlockPoller poller =
        new BlockPoller(
            blocks,
            PollSettings.DEFAULT,
            IndexBuilders.nobody(),
            PollEvents.ignored(),
            clock,
            new SplittableRandom(0),
            Thread::sleep);
    return new BlockList(blocks, poller, blocks::open, clock, keepCompacted);
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
    BlockPoller.Outcome outcome = poller.poll(tenants);
    synchronized (this) {
      Map<String, Tenant> after = new LinkedHashMap<>(outcome.tenants());
      changes.removeIf(change -> {
        Tenant found = after.get(change.tenant());
        return found == null || change.at().plus(SLACK).isBefore(found.asOf());
      });
      for (Change change : changes) {
        after.computeIfPresent(change.tenant(), (tenant, found) -> apply(change, found));
      }
      tenants = Map.copyOf(after);
    }
    return outcome.failures();
  }

  /// Notes what this process did to a tenant's blocks, so that nobody has to wait for the next poll
  /// to know. Lists that are older than that do not undo it.
  ///
  /// @param added blocks that are new
  /// @param compacted blocks that were taken out of use
  /// @param removed blocks whose objects are gone
  public synchronized void update(
      String tenant,
      Collection<BlockMeta> added,
      Collection<BlockStore.Compacted> compacted,
      Collection<UUID> removed) {
    Change change =
        new Change(
            tenant,
            clock.instant(),
            List.copyOf(added),
            compacted.stream()
                .collect(Collectors.toMap(block -> block.meta().blockId(), block -> block)),
            Set.copyOf(removed));
    changes.add(change);
    Map<String, Tenant> after = new HashMap<>(tenants);
    Tenant known = after.getOrDefault(tenant, new Tenant(List.of(), List.of()));
    after.put(tenant, apply(change, known));
    tenants = Map.copyOf(after);
  }

  private static Tenant apply(Change change, Tenant tenant) {
    Map<UUID, BlockMeta> live = new LinkedHashMap<>();
    Map<UUID, BlockStore.Compacted> compacted = new LinkedHashMap<>();
    tenant.live().forEach(meta -> live.put(meta.blockId(), meta));
    tenant.compacted().forEach(block -> compacted.put(block.meta().blockId(), block));
    for (BlockMeta meta : change.added()) {
      if (!compacted.containsKey(meta.blockId())) {
        live.put(meta.blockId(), meta);
      }
    }
    change
        .compacted()
        .forEach((id, block) -> {
          live.remove(id);
          compacted.putIfAbsent(id, block);
        });
    live.keySet().removeAll(change.removed());
    compacted.keySet().removeAll(change.removed());
    return new Tenant(List.copyOf(live.values()), List.copyOf(compacted.values()), tenant.asOf());
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
    Key key = new Key(tenant, id);
    BlockReader known = open.getIfPresent(key);
    if (known != null) {
      return known;
    }
    BlockMeta meta = known(tenant, id);
    BlockReader reader = opener.open(meta == null ? find(tenant, id) : meta);
    open.put(key, reader);
    return reader;
  }

  private @Nullable BlockMeta known(String tenant, UUID id) {
    Tenant found = tenants.get(tenant);
    if (found != null) {
      for (BlockMeta meta : found.live()) {
        if (meta.blockId().equals(id)) {
          return meta;
        }
      }
      for (BlockStore.Compacted block : found.compacted()) {
        if (block.meta().blockId().equals(id)) {
          return block.meta();
        }
      }
    }
    return null;
  }

  private BlockMeta find(String tenant, UUID id) throws IOException {
    BlockStore.Found found = blocks.find(tenant, id);
    return found
        .live()
        .or(() -> found.compacted().map(BlockStore.Compacted::meta))
        .orElseThrow(
            () -> new IOException("block " + tenant + "/" + id + ": absent (expected: a meta)"));
  }
}
