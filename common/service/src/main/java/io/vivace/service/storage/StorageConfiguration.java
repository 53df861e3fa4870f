package io.vivace.service.storage;

import io.vivace.service.config.ConfigException;
import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.metrics.Metrics;
import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.StoreObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Beans of the object store; brings the list of its blocks.
@Configuration(proxyBeanMethods = false)
@Import(BlockListConfiguration.class)
public class StorageConfiguration {
  @Bean(destroyMethod = "close")
  ObjectStore objectStore(TempoConfig config, Clock clock, Metrics metrics) throws ConfigException {
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    StoreObserver observer = new StoreMetrics(metrics);
    try {
      return switch (trace.backend()) {
        case "", "local" -> new LocalObjectStore(Path.of(trace.local().path()));
        case "s3" -> S3Stores.of(trace.s3(), clock, observer);
        default ->
            throw new IllegalArgumentException(
                "storage.trace.backend: "
                    + trace.backend()
                    + " (expected: local or s3, other object stores are not supported yet)");
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
}
