package io.vivace.service.storage;

import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockPoller;
import io.vivace.storage.BlockStore;
import io.vivace.storage.IndexBuilders;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.PollSettings;
import io.vivace.storage.cache.BlockCaches;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Beans of the blocks in the object store and of the list of them.
@Configuration(proxyBeanMethods = false)
@Import(CacheConfiguration.class)
public class BlockListConfiguration {
  @Bean
  BlockStore blockStore(ObjectStore objects) {
    return new BlockStore(objects);
  }

  @Bean
  BlockList blockList(
      TempoConfig config,
      BlockStore blocks,
      BlockCaches caches,
      ObjectProvider<IndexBuilders> builders,
      Metrics metrics,
      Clock clock) {
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    BlockPoller poller =
        new BlockPoller(
            blocks,
            settings(trace),
            builders.getIfAvailable(IndexBuilders::nobody),
            new BlockListMetrics(metrics),
            clock,
            new SplittableRandom(),
            Thread::sleep);
    return new BlockList(
        blocks, poller, caches::open, clock, trace.blocklistPoll().multipliedBy(2));
  }

  private static PollSettings settings(StorageConfig.TraceStorageConfig trace) {
    return new PollSettings(
        trace.blocklistPollConcurrency(),
        trace.blocklistPollTenantConcurrency(),
        trace.blocklistPollFallback(),
        trace.blocklistPollStaleTenantIndex(),
        Duration.ofMillis(trace.blocklistPollJitterMs()),
        trace.blocklistPollTolerateConsecutiveErrors(),
        trace.blocklistPollTolerateTenantFailures(),
        trace.emptyTenantDeletionEnabled(),
        trace.emptyTenantDeletionAge());
  }

  @Bean
  BlockListPoller blockListPoller(TempoConfig config, BlockList list, Readiness readiness) {
    return new BlockListPoller(list, config.storage().trace().blocklistPoll(), readiness);
  }
}
