package io.vivace.compactor;

import io.vivace.block.BlockMeta;
import io.vivace.ring.Ownership;
import io.vivace.storage.BlockList;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One compactor: merges what should be merged and applies retention, as far as it owns the work.
/// What there is it knows from the block list.
final class Compactor {
  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

  /// How long a job that failed waits, so that the others get their turn.
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final BlockList list;
  private final Claims claims;
  private final Compaction compaction;
  private final Retention retention;
  private final ClockGuard guard;
  private final Ownership ownership;
  private final Function<String, TenantCompaction> tenants;
  private final Duration maxTimePerTenant;
  private final CompactorMetrics metrics;
  private final Clock clock;
  private final Map<String, Instant> paused = new HashMap<>();

  /// What holds for a tenant.
  ///
  /// @param settings windows, sizes, retention
  /// @param isDisabled whether its blocks are not merged
  record TenantCompaction(CompactionSettings settings, boolean isDisabled) {}

  /// What works on blocks.
  ///
  /// @param claims tells other compactors what is being done
  /// @param compaction merges blocks
  /// @param retention removes blocks
  /// @param guard tells whether the clock may be trusted with that
  /// @param ownership tells what is this compactor's work
  record Parts(
      Claims claims,
      Compaction compaction,
      Retention retention,
      ClockGuard guard,
      Ownership ownership) {}

  Compactor(
      BlockList list,
      Parts parts,
      Function<String, TenantCompaction> tenants,
      Duration maxTimePerTenant,
      CompactorMetrics metrics,
      Clock clock) {
    this.list = list;
    this.claims = parts.claims();
    this.compaction = parts.compaction();
    this.retention = parts.retention();
    this.guard = parts.guard();
    this.ownership = parts.ownership();
    this.tenants = tenants;
    this.maxTimePerTenant = maxTimePerTenant;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Merges what there is to merge, tenant by tenant. What fails does not stop the rest and is
  /// tried again later.
  void merge() {
    for (String tenant : list.tenants().keySet()) {
      try {
        TenantCompaction rules = tenants.apply(tenant);
        if (!rules.isDisabled()) {
          claims.recover(tenant, ownership::owns);
          merge(tenant, rules.settings());
        }
      } catch (IOException | RuntimeException e) {
        metrics.failed();
        LOG.error("msg=\"compaction failed, will be tried again\" tenant={}", tenant, e);
      }
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  private void merge(String tenant, CompactionSettings settings) {
    BlockList.Tenant known = list.tenants().get(tenant);
    if (known == null) {
      return;
    }
    Instant now = clock.instant();
    Instant deadline = now.plus(maxTimePerTenant);
    List<BlockMeta> young =
        settings.blockRetention().isZero()
            ? known.live()
            : known.live().stream()
                .filter(block -> !block.endTime().plus(settings.blockRetention()).isBefore(now))
                .toList();
    List<CompactionJob> jobs =
        BlockSelector.select(young, settings, now).stream()
            .filter(job -> ownership.owns(job.hash()))
            .toList();
    int outstanding = jobs.stream().mapToInt(job -> job.blocks().size()).sum();
    metrics.outstanding(tenant, outstanding);
    for (CompactionJob job : jobs) {
      if (clock.instant().isAfter(deadline) || Thread.currentThread().isInterrupted()) {
        return;
      }
      if (!paused.getOrDefault(job.hash(), Instant.MIN).isAfter(clock.instant())) {
        run(job);
      }
      outstanding -= job.blocks().size();
      metrics.outstanding(tenant, outstanding);
    }
  }

  private void run(CompactionJob job) {
    try {
      Optional<Compaction.Result> result = compaction.run(job, () -> ownership.owns(job.hash()));
      paused.remove(job.hash());
      result.ifPresent(merged -> {
        list.update(job.tenant(), List.of(merged.block()), merged.replaced(), List.of());
        metrics.merged(job.blocks().size(), merged);
      });
    } catch (IOException | RuntimeException e) {
      if (!ownership.owns(job.hash())) {
        LOG.info("msg=\"job went to another compactor\" job={}", job.hash(), e);
        return;
      }
      metrics.failed();
      paused.values().removeIf(until -> !until.isAfter(clock.instant()));
      paused.put(job.hash(), clock.instant().plus(PAUSE));
      LOG.error(
          "msg=\"compaction failed, will be tried again\" tenant={} job={} blocks={}",
          job.tenant(),
          job.hash(),
          job.blocks().stream().map(BlockMeta::blockId).toList(),
          e);
    }
  }

  /// Applies the retention of every tenant, unless this clock cannot be trusted with it. A tenant
  /// that fails does not stop the others.
  void retain() {
    Instant start = clock.instant();
    try {
      if (!guard.agrees()) {
        metrics.retentionFailed();
        return;
      }
    } catch (IOException | RuntimeException e) {
      metrics.retentionFailed();
      LOG.error("msg=\"cannot compare clocks with the store, nothing is removed\"", e);
      return;
    }
    for (Map.Entry<String, BlockList.Tenant> entry : list.tenants().entrySet()) {
      String tenant = entry.getKey();
      try {
        retention.apply(
            tenant,
            entry.getValue(),
            tenants.apply(tenant).settings(),
            outcome -> {
              list.update(tenant, List.of(), outcome.marked(), outcome.deleted());
              metrics.retained(outcome);
            });
      } catch (IOException | RuntimeException e) {
        metrics.retentionFailed();
        LOG.error("msg=\"retention failed, will be tried again\" tenant={}", tenant, e);
      }
    }
    metrics.retentionTook(Duration.between(start, clock.instant()));
  }
}
