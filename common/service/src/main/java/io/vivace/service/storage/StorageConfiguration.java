package io.vivace.service.storage;

import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Beans of the object store; brings the list of its blocks.
@Configuration(proxyBeanMethods = false)
@Import(BlockListConfiguration.class)
public class StorageConfiguration {
  @Bean
  ObjectStore objectStore(TempoConfig config) {
    StorageConfig.TraceStorageConfig trace = config.storage().trace();
    return switch (trace.backend()) {
      case "", "local" -> new LocalObjectStore(Path.of(trace.local().path()));
      default ->
          throw new IllegalArgumentException(
              "storage.trace.backend: "
                  + trace.backend()
                  + " (expected: local, other object stores are not supported yet)");
    };
  }
}
