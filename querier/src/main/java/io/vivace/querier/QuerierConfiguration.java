package io.vivace.querier;

import io.vivace.ring.Ring;
import io.vivace.service.config.QuerierConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.ring.Dns;
import io.vivace.service.storage.StorageConfiguration;
import io.vivace.storage.BlockList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The beans of the querier; imported by the launcher.
@Configuration(proxyBeanMethods = false)
@Import(StorageConfiguration.class)
public class QuerierConfiguration {
  @Bean
  BlockQueries blockQueries(BlockList list) {
    return new StoredBlockQueries(list);
  }

  @Bean
  JobPuller jobPuller(
      TempoConfig config,
      Ring ingesterRing,
      InternalChannels channels,
      BlockQueries blocks,
      Overrides overrides) {
    QuerierConfig section = config.querier();
    QuerierConfig.FrontendWorker worker = section.frontendWorker();
    JobExecutor executor =
        new JobExecutor(
            new RecentQueries(ingesterRing, channels),
            blocks,
            tenant -> overrides.limits(tenant).read().maxBytesPerTagValuesQuery());
    int atOnce = Math.max(1, section.maxConcurrentQueries());
    return new JobPuller(
        new Frontends(worker.frontendAddress(), channels, new Dns()),
        count -> worker.matchMaxConcurrent() ? atOnce / Math.max(1, count) : worker.parallelism(),
        worker.dnsLookupDuration(),
        channels,
        executor);
  }
}
