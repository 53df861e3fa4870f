package io.vivace.compactor;

import io.vivace.block.BlockMeta;
import io.vivace.storage.BlockList;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One compactor: looks at the store, merges what should be merged, applies retention.
final class Compactor {
  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

  private final BlockList list;
  private final Compaction compaction;
  private final Retention retention;
  private final Function<String, TenantCompaction> tenants;
  private final Duration maxTimePerTenant;
  private final CompactorMetrics metrics;
  private final Clock clock;

  /// What holds for a tenant.
  ///
  /// @param settings windows, sizes, retention
  /// @param isDisabled whether its blocks are not merged
  record TenantCompaction(CompactionSettings settings, boolean isDisabled) {}

  Compactor(
      BlockList list,
      Compaction compaction,
      Retention retention,
      Function<String, TenantCompaction> tenants,
      Duration maxTimePerTenant,
      CompactorMetrics metrics,
      Clock clock) {
    this.list = list;
    this.compaction = compaction;
    this.retention = retention;
    this.tenants = tenants;
    this.maxTimePerTenant = maxTimePerTenant;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// One round over all tenants. A tenant that fails does not stop the others; the next round tries
  /// again.
  ///
  /// @throws IOException when the store cannot be listed
  void cycle() throws IOException {
    int _ = list.poll();
    for (Map.Entry<String, BlockList.Tenant> entry : list.tenants().entrySet()) {
      String tenant = entry.getKey();
      try {
        TenantCompaction rules = tenants.apply(tenant);
        if (!rules.isDisabled()) {
          merge(tenant, entry.getValue().live(), rules.settings());
        }
        Retention.Outcome outcome = retention.apply(tenant, entry.getValue(), rules.settings());
        metrics.retained(outcome);
      } catch (IOException | RuntimeException e) {
        metrics.failed();
        LOG.error("msg=\"compaction failed, will be tried again\" tenant={}", tenant, e);
      }
    }
  }

  private void merge(String tenant, List<BlockMeta> live, CompactionSettings settings)
      throws IOException {
    Instant deadline = clock.instant().plus(maxTimePerTenant);
    List<BlockMeta> young =
        settings.blockRetention().isZero()
            ? live
            : live.stream()
                .filter(block ->
                    !block.endTime().plus(settings.blockRetention()).isBefore(clock.instant()))
                .toList();
    List<List<BlockMeta>> groups = BlockSelector.select(young, settings, clock.instant());
    metrics.outstanding(tenant, groups.stream().mapToInt(List::size).sum());
    for (List<BlockMeta> group : groups) {
      if (clock.instant().isAfter(deadline)) {
        return;
      }
      BlockMeta merged = compaction.merge(group);
      metrics.merged(group.size(), merged);
    }
  }
}
