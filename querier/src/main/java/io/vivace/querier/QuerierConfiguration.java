package io.vivace.querier;

import io.vivace.ring.Ring;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.storage.StorageConfiguration;
import io.vivace.storage.BlockList;
import java.util.List;
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
    String address = config.querier().frontendWorker().frontendAddress();
    JobExecutor executor =
        new JobExecutor(
            new RecentQueries(ingesterRing, channels),
            blocks,
            tenant -> overrides.limits(tenant).read().maxBytesPerTagValuesQuery());
    return new JobPuller(
        List.of(address.isEmpty() ? InternalChannels.LOCAL : address),
        Math.max(1, config.querier().maxConcurrentQueries()),
        channels,
        executor);
  }
}
