package io.vivace.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `values.schema.json` against `values.yaml`, and what it refuses.
class SchemaTest {
  private final Map<String, Object> schema;

  SchemaTest() throws IOException {
    schema = Yaml.map(Yaml.parse(Files.readString(Chart.FOLDER.resolve("values.schema.json"))));
  }

  @Test
  void knowsEveryValueAndNothingElse() {
    List<String> problems = new ArrayList<>();
    compare("", Chart.values(), schema, problems);

    assertThat(problems).isEmpty();
  }

  private void compare(
      String path, Map<String, Object> values, Map<String, Object> type, List<String> problems) {
    Map<String, Object> properties = Yaml.mapAt(resolved(type), "properties");
    values.forEach((key, value) -> {
      String at = path.isEmpty() ? key : path + "." + key;
      Map<String, Object> property = Yaml.mapAt(properties, key);
      if (property.isEmpty()) {
        problems.add(at + " is in values.yaml only");
      } else if (value instanceof Map<?, ?> inner
          && !Yaml.mapAt(resolved(property), "properties").isEmpty()) {
        compare(at, Yaml.map(inner), property, problems);
      }
    });
  }

  private Map<String, Object> resolved(Map<String, Object> type) {
    String reference = Yaml.textAt(type, "$ref");
    return reference.isEmpty()
        ? type
        : Yaml.mapAt(schema, "definitions", reference.substring("#/definitions/".length()));
  }

  @ParameterizedTest
  @CsvSource({
    "ingester.replica, 3",
    "ingester.replicas, many",
    "ingester.persistence.enable, true",
    "ingester.zoneAwareReplication.updateStrategy, Sometimes",
    "gateway.implementation, apache",
    "gateway.service.port, 99999",
    "gateway.basicAuth.user, ann",
    "traces.otlp.grpc.enable, true",
    "storage.trace.backend, floppy",
    "jvm.gc, epsilon",
    "configStorageType, Volume",
    "querier.config.search.query_timeout, soon",
    "memcached.image.pullPolicy, Sometimes",
    "metaMonitoring.serviceMonitor.enabled, maybe"
  })
  void refusesWhatItDoesNotKnow(String key, String value) {
    String last = key.substring(key.lastIndexOf('.') + 1);

    assertThatThrownBy(() -> Chart.render("tempo", nested(key, Yaml.parse(value))))
        .hasMessageContaining(last);
  }

  private static Map<String, Object> nested(String path, @Nullable Object value) {
    int dot = path.indexOf('.');
    Object leaf = java.util.Objects.requireNonNull(value);
    return dot < 0
        ? Map.of(path, leaf)
        : Map.of(path.substring(0, dot), nested(path.substring(dot + 1), leaf));
  }

  @ParameterizedTest
  @CsvSource({
    "enterprise.enabled, true, no licensed edition",
    "global_overrides.a, 1, overrides.defaults",
    "blockBuilder.enabled, true, Kafka",
    "metricsGenerator.enabled, true, metricsGenerator.image.repository",
    "gateway.basicAuth.enabled, true, gateway.basicAuth.username"
  })
  void saysWhatToWriteInsteadOfWhatCannotBe(String key, String value, String hint) {
    assertThatThrownBy(() -> Chart.render("tempo", nested(key, Yaml.parse(value))))
        .hasMessageContaining(hint);
  }
}
