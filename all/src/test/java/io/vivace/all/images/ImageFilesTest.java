package io.vivace.all.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.TempoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// The files that images and the composition are made of agree with the product.
class ImageFilesTest {
  private static final Path DOCKER = Path.of("..", "docker").toAbsolutePath().normalize();

  @ParameterizedTest
  @ValueSource(strings = {"../tools/training.yaml", "compose/tempo.yaml"})
  void configurationsAreAccepted(String file) throws Exception {
    assertThat(ConfigLoader.parse(read(file), Map.of()).config()).isNotNull();
  }

  @Test
  void compositionRunsEveryServiceWithinItsMemory() throws Exception {
    Map<String, Object> services = services();

    assertThat(services.keySet())
        .contains(
            "distributor",
            "ingester",
            "querier",
            "query-frontend",
            "compactor",
            "gateway",
            "minio",
            "collector",
            "grafana");
    for (String target :
        List.of("distributor", "ingester", "querier", "query-frontend", "compactor")) {
      Map<?, ?> service = (Map<?, ?>) Objects.requireNonNull(services.get(target));
      assertThat(service.get("command"))
          .isEqualTo(List.of("-target=" + target, "-config.file=/conf/tempo.yaml"));
      assertThat(service.get("read_only")).isEqualTo(true);
      assertThat(service.get("mem_limit")).isEqualTo(target.equals("ingester") ? "1g" : "512m");
    }
  }

  @Test
  void compositionPublishesThePortsOfEveryReceiver() throws Exception {
    TempoConfig config = ConfigLoader.parse(read("compose/tempo.yaml"), Map.of()).config();
    Map<?, ?> distributor = (Map<?, ?>) Objects.requireNonNull(services().get("distributor"));
    List<String> published =
        ((List<?>) Objects.requireNonNull(distributor.get("ports")))
            .stream().map(port -> port.toString().replaceFirst("^\\d+:(\\d+).*", "$1")).toList();

    assertThat(published)
        .containsExactlyInAnyOrder(
            "4317", "4318", "14250", "14268", "6831", "6832", "9411", "55678");
    assertThat(config.distributor().receivers().none()).isFalse();
  }

  private static Map<String, Object> services() throws IOException {
    Map<String, Map<String, Object>> compose = new Yaml().load(read("compose.yaml"));
    return Objects.requireNonNull(compose.get("services"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(DOCKER.resolve(file));
  }
}
