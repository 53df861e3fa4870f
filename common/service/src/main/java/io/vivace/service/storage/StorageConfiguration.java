package io.vivace.service.storage;

import io.vivace.service.config.StorageConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.storage.LocalObjectStore;
import io.vivace.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Beans of the object store and of the list of its blocks.
@Configuration(proxyBeanMethods = false)
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

  @Bean
  BlockStore blockStore(ObjectStore objects) {
    return new BlockStore(objects);
  }

  @Bean
  BlockList blockList(TempoConfig config, BlockStore blocks, Clock clock) {
    return new BlockList(blocks, clock, config.storage().trace().blocklistPoll().multipliedBy(2));
  }

  @Bean
  BlockListPoller blockListPoller(TempoConfig config, BlockList list, Readiness readiness) {
    return new BlockListPoller(list, config.storage().trace().blocklistPoll(), readiness);
  }
}
