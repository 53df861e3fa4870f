package io.vivace.storage;

import io.vivace.storage.index.TenantIndex;
import io.vivace.storage.index.TenantIndexes;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which blocks there are: lists them where this process builds the tenant's index, else
/// reads the index that another one wrote (spec: polling, block lists, tenant index).
public final class BlockPoller {
  private static final Logger LOG = LoggerFactory.getLogger(BlockPoller.class);

  private final BlockStore blocks;
  private final TenantIndexes indexes;
  private final BlockListing listing;
  private final PollSettings settings;
  private final IndexBuilders builders;
  private final PollEvents events;
  private final Clock clock;

  /// @param builders whose indexes this process writes
  /// @param random how long the waits between requests are
  /// @param pause waits
  public BlockPoller(
      BlockStore blocks,
      PollSettings settings,
      IndexBuilders builders,
      PollEvents events,
      Clock clock,
      RandomGenerator random,
      Pause pause) {
    this.blocks = blocks;
    this.indexes = new TenantIndexes(blocks.objects());
    this.listing = new BlockListing(blocks, settings, random, pause);
    this.settings = settings;
    this.builders = builders;
    this.events = events;
    this.clock = clock;
  }

  /// What a poll found.
  ///
  /// @param tenants the blocks of every tenant; of one that failed those it had
  /// @param failures tenants that failed or were not asked any more
  record Outcome(Map<String, BlockList.Tenant> tenants, int failures) {}

  /// Looks at all tenants. When more of them fail than are tolerated, the rest is not asked.
  ///
  /// @param before what the last poll found
  /// @throws IOException when the tenants cannot be listed
  Outcome poll(Map<String, BlockList.Tenant> before) throws IOException {
    Instant start = clock.instant();
    try {
      List<String> tenants = blocks.tenants();
      Map<String, BlockList.Tenant> after = new ConcurrentHashMap<>();
      AtomicInteger failures = new AtomicInteger();
      Parallel.forEach(
          tenants,
          settings.tenantConcurrency(),
          tenant -> {
            BlockList.Tenant known = before.get(tenant);
            BlockList.Tenant found =
                failures.get() > settings.tenantFailures() ? null : tenant(tenant, known);
            if (found == null) {
              failures.incrementAndGet();
              found = known;
            }
            if (found != null) {
              after.put(tenant, found);
              events.blocks(tenant, found);
            }
          });
      before.keySet().stream().filter(tenant -> !after.containsKey(tenant)).forEach(events::gone);
      return new Outcome(Map.copyOf(after), failures.get());
    } finally {
      events.polled(Duration.between(start, clock.instant()));
    }
  }

  /// The blocks of a tenant; null when they cannot be found out.
  private BlockList.@Nullable Tenant tenant(String tenant, BlockList.@Nullable Tenant known) {
    for (int attempt = 0; ; attempt++) {
      try {
        return found(tenant, known);
      } catch (IOException | RuntimeException e) {
        if (attempt >= settings.consecutiveErrors() || Thread.currentThread().isInterrupted()) {
          LOG.warn("msg=\"cannot poll the block list\" tenant={}", tenant, e);
          events.tenantFailed(tenant);
          return null;
        }
        LOG.info("msg=\"poll of the block list failed, trying again\" tenant={}", tenant, e);
      }
    }
  }

  private BlockList.Tenant found(String tenant, BlockList.@Nullable Tenant known)
      throws IOException {
    if (builders.builds(tenant)) {
      return build(tenant, known);
    }
    try {
      TenantIndex index = indexes.read(tenant);
      Duration age = Duration.between(index.createdAt(), clock.instant());
      if (settings.staleIndex().isPositive() && age.compareTo(settings.staleIndex()) > 0) {
        throw new IOException(
            "index of tenant "
                + tenant
                + ": "
                + age
                + " old (expected: at most "
                + settings.staleIndex()
                + ")");
      }
      events.indexRead(tenant, age);
      return new BlockList.Tenant(index.live(), index.compacted(), index.createdAt());
    } catch (IOException e) {
      events.indexFailed(tenant);
      if (!settings.fallback()) {
        throw e;
      }
      LOG.info(
          "msg=\"cannot use the index, listing blocks\" tenant={} reason=\"{}\"",
          tenant,
          e.toString());
      Instant asOf = clock.instant();
      BlockList.Tenant listed = listing.list(tenant, known, false).asOf(asOf);
      events.listed(tenant);
      return listed;
    }
  }

  private BlockList.Tenant build(String tenant, BlockList.@Nullable Tenant known)
      throws IOException {
    Instant asOf = clock.instant();
    BlockList.Tenant listed = listing.list(tenant, known, true).asOf(asOf);
    TenantIndex index = new TenantIndex(asOf, listed.live(), listed.compacted());
    indexes.write(tenant, index);
    events.indexBuilt(tenant);
    if (index.isEmpty() && settings.deletesEmptyTenants()) {
      removeRest(tenant);
    }
    return listed;
  }

  /// Removes what is left of a tenant without blocks, if all of it is old and nobody has written an
  /// index meanwhile.
  private void removeRest(String tenant) throws IOException {
    List<ObjectStore.Listed> rest = new ArrayList<>();
    blocks.objects().walk(tenant + "/", rest::add);
    Instant bound = clock.instant().minus(settings.emptyTenantAge());
    for (ObjectStore.Listed object : rest) {
      Instant written = object.lastModified();
      if (written == null) {
        written = blocks.objects().lastModified(object.name());
      }
      if (!written.isBefore(bound)) {
        return;
      }
    }
    try {
      TenantIndex _ = indexes.read(tenant);
      return;
    } catch (NoSuchFileException e) {
      LOG.info("msg=\"removing empty tenant\" tenant={} objects={}", tenant, rest.size());
    }
    for (ObjectStore.Listed object : rest) {
      blocks.objects().delete(object.name());
    }
  }
}
