package io.vivace.all;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.service.config.ConfigLoader;
import io.vivace.service.launch.LaunchOptions;
import io.vivace.service.launch.ServiceProcess;
import io.vivace.service.launch.Target;
import io.vivace.service.lifecycle.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("slow")
class AllInOneTest {
  @TempDir Path folder;

  /// Names and types of beans are shared by all services of a process: this start shows that they
  /// do not collide.
  @Test
  @Timeout(180)
  void everyServiceStartsInOneContext() throws Exception {
    String yaml =
        """
        server: {http_listen_address: 127.0.0.1, http_listen_port: 0, grpc_listen_address: 127.0.0.1, grpc_listen_port: 0}
        ingester: {lifecycler: {min_ready_duration: 0s}}
        storage: {trace: {backend: local, local: {path: '%1$s/blocks'}, wal: {path: '%1$s/wal'}}}
        """
            .formatted(folder);
    List<Class<?>> services = List.copyOf(Vivace.catalog().services().values());
    try (ConfigurableApplicationContext context =
        ServiceProcess.start(
            new LaunchOptions(Target.ALL, false, List.of()),
            ConfigLoader.parse(yaml, Map.of()),
            (reason, code) -> {},
            services)) {
      assertThat(context.getBean(Readiness.class).modules())
          .containsEntry("distributor", Readiness.State.RUNNING)
          .containsEntry("query-frontend", Readiness.State.RUNNING);
    }
  }
}
