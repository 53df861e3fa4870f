package io.vivace.compactor;

import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.block.BlockOptions;
import io.vivace.ring.Ownership;
import io.vivace.service.config.CompactorConfig;
import io.vivace.service.config.Limits;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.storage.StorageConfiguration;
import io.vivace.storage.BlockList;
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
      Overrides overrides,
      MeterRegistry registry,
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
    Compactor compactor =
        new Compactor(
            list,
            new Compaction(
                list.store(),
                Path.of(config.storage().trace().wal().path(), "compaction"),
                BlockOptions.DEFAULT,
                UUID::randomUUID),
            new Retention(list.store(), clock),
            tenant ->
                rules(
                    settings, overrides.limits(tenant).compaction(), config.compactor().disabled()),
            section.maxTimePerTenant(),
            new CompactorMetrics(registry),
            clock);
    return new CompactorLoop(compactor, section.compactionCycle(), readiness);
  }

  private static Compactor.TenantCompaction rules(
      CompactionSettings settings, Limits.Compaction tenant, boolean isDisabled) {
    return new Compactor.TenantCompaction(
        settings.with(tenant.blockRetention(), tenant.compactionWindow()),
        isDisabled || tenant.compactionDisabled());
  }
}
