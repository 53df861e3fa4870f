package io.vivace.service.storage;

import io.vivace.ring.Ring;
import io.vivace.service.config.ConfigException;
import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.grpc.InternalGrpcService;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.StoreObserver;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Beans of the object store; brings the list of its blocks.
@Configuration(proxyBeanMethods = false)
@Import(BlockListConfiguration.class)
public class StorageConfiguration {
  @Bean(destroyMethod = "close")
  ObjectStore objectStore(
      TempoConfig config,
      LaunchOptions options,
      @Qualifier("ingesterRing") Ring ring,
      InternalChannels channels,
      Clock clock,
      Metrics metrics)
      throws ConfigException {
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    StoreObserver observer = new StoreMetrics(metrics);
    try {
      return switch (trace.backend()) {
        case "", "local" -> PeerStores.of(config, options.target(), ring, channels);
        case "s3" -> S3Stores.of(trace.s3(), clock, observer);
        case "gcs" -> GcsStores.of(trace.gcs(), clock, observer);
        case "azure" -> AzureStores.of(trace.azure(), clock, observer);
        default ->
            throw new IllegalArgumentException(
                "storage.trace.backend: "
                    + trace.backend()
                    + " (expected: local, s3, gcs or azure)");
      };
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new ConfigException(
          "storage.trace."
              + trace.backend()
              + ": "
              + e.getMessage()
              + " (expected: a bucket that answers and may be listed)");
    }
  }

  /// What this process keeps on its disk, for other processes.
  @Bean
  InternalGrpcService localObjectsService(TempoConfig config, LaunchOptions options) {
    return PeerStores.service(config, options.target());
  }
}
