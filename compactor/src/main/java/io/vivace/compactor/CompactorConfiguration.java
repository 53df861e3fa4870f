package io.vivace.compactor;

import io.vivace.block.BlockOptions;
import io.vivace.ring.Ownership;
import io.vivace.service.config.CompactorConfig;
import io.vivace.service.config.Limits;
import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.metrics.Metrics;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.storage.StorageConfiguration;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.storage.IndexBuilders;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The beans of the compactor; imported by the launcher.
@Configuration(proxyBeanMethods = false)
@Import(StorageConfiguration.class)
public class CompactorConfiguration {
  /// Tempo's row group size is its own estimate of the traces in memory; files are about a third.
  private static final long ROW_GROUP_ESTIMATE = 3;

  /// A row group that is being written takes about three times its size.
  private static final long ROW_GROUPS_IN_HEAP = 16;

  /// Compactors list the blocks of the tenants that they own and write their indexes.
  @Bean
  IndexBuilders indexBuilders(TempoConfig config, ObjectProvider<Ownership> ownership) {
    int builders = config.storage().trace().blocklistPollTenantIndexBuilders();
    return tenant -> {
      Ownership owner = ownership.getIfAvailable(Ownership::everything);
      return IntStream.range(0, builders)
          .anyMatch(builder -> owner.owns("build-tenant-index-" + builder + "-" + tenant));
    };
  }

  @Bean
  CompactorLoop compactorLoop(
      TempoConfig config,
      BlockList list,
      ObjectProvider<Ownership> ownership,
      Overrides overrides,
      Metrics metrics,
      Readiness readiness,
      Clock clock) {
    CompactorConfig.CompactionConfig section = config.compactor().compaction();
    CompactionSettings settings =
        new CompactionSettings(
            section.compactionWindow(),
            section.maxCompactionObjects(),
            section.maxBlockBytes(),
            section.blockRetention(),
            section.compactedBlockRetention());
    CompactorMetrics counted = new CompactorMetrics(metrics);
    Compactor compactor =
        new Compactor(
            list,
            parts(
                config,
                list.store(),
                ownership.getIfAvailable(Ownership::everything),
                counted,
                clock),
            tenant ->
                rules(
                    settings, overrides.limits(tenant).compaction(), config.compactor().disabled()),
            section.maxTimePerTenant(),
            counted,
            clock);
    return new CompactorLoop(
        compactor, section.compactionCycle(), config.storage().trace().blocklistPoll(), readiness);
  }

  private static Compactor.Parts parts(
      TempoConfig config,
      BlockStore blocks,
      Ownership ownership,
      CompactorMetrics metrics,
      Clock clock) {
    ClockGuard guard = new ClockGuard(blocks.objects(), clock, metrics::clockSkew);
    Claims claims = new Claims(blocks, guard, clock);
    Compaction compaction =
        new Compaction(
            blocks,
            claims,
            Path.of(config.storage().trace().wal().path(), "compaction"),
            options(config.storage().trace().block(), Runtime.getRuntime().maxMemory()),
            UUID::randomUUID,
            clock);
    int concurrency = config.compactor().compaction().retentionConcurrency();
    return new Compactor.Parts(
        claims, compaction, new Retention(blocks, ownership, concurrency, clock), guard, ownership);
  }

  private static BlockOptions options(StorageConfig.BlockConfig section, long heap) {
    BlockOptions options = options(section.parquetRowGroupSizeBytes() / ROW_GROUP_ESTIMATE, heap);
    return new BlockOptions(
        options.rowGroupBytes(),
        options.codec(),
        section.bloomFilterFalsePositive(),
        section.bloomFilterShardSizeBytes());
  }

  /// Row groups as large as configured, if the heap can hold what they are made of.
  static BlockOptions options(long rowGroupBytes, long heap) {
    return new BlockOptions(
        Math.clamp(rowGroupBytes, 1, heap / ROW_GROUPS_IN_HEAP),
        BlockOptions.DEFAULT.codec(),
        BlockOptions.DEFAULT.bloomFalsePositive(),
        BlockOptions.DEFAULT.bloomShardBytes());
  }

  private static Compactor.TenantCompaction rules(
      CompactionSettings settings, Limits.Compaction tenant, boolean isDisabled) {
    return new Compactor.TenantCompaction(
        settings.with(tenant.blockRetention(), tenant.compactionWindow()),
        isDisabled || tenant.compactionDisabled());
  }
}
