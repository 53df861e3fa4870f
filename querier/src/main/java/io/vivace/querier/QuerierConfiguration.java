package io.vivace.querier;

import io.vivace.ring.Ring;
import io.vivace.search.Searchable;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.overrides.Overrides;
import io.vivace.wire.TraceId;
import io.vivace.wire.queue.BlockRange;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of the querier; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class QuerierConfiguration {
  @Bean
  BlockQueries blockQueries() {
    return new BlockQueries() {
      @Override
      public Optional<Trace> find(String tenant, String blockId, TraceId traceId)
          throws IOException {
        throw new IOException("block " + blockId + ": reading blocks is not supported yet");
      }

      @Override
      public Searchable searchable(String tenant, BlockRange range) throws IOException {
        throw new IOException(
            "block " + range.getBlockId() + ": reading blocks is not supported yet");
      }
    };
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
