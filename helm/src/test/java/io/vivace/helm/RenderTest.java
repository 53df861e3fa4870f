package io.vivace.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.kubernetes.client.openapi.JSON;
import io.vivace.service.config.ConfigLoader;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every fixture, preset and overlay.
@Tag("slow")
class RenderTest {
  /// Models of objects that are part of Kubernetes; the others are of operators.
  private static final Map<String, String> MODELS =
      Map.ofEntries(
          Map.entry("ConfigMap", "V1ConfigMap"),
          Map.entry("Secret", "V1Secret"),
          Map.entry("Service", "V1Service"),
          Map.entry("ServiceAccount", "V1ServiceAccount"),
          Map.entry("Deployment", "V1Deployment"),
          Map.entry("StatefulSet", "V1StatefulSet"),
          Map.entry("Pod", "V1Pod"),
          Map.entry("Ingress", "V1Ingress"),
          Map.entry("Role", "V1Role"),
          Map.entry("RoleBinding", "V1RoleBinding"),
          Map.entry("NetworkPolicy", "V1NetworkPolicy"),
          Map.entry("PersistentVolumeClaim", "V1PersistentVolumeClaim"),
          Map.entry("PodDisruptionBudget", "V1PodDisruptionBudget"),
          Map.entry("HorizontalPodAutoscaler", "V2HorizontalPodAutoscaler"));

  private static final List<String> OF_OPERATORS =
      List.of("ServiceMonitor", "PrometheusRule", "ScaledObject");

  static Stream<Path> everyValuesFile() {
    return Stream.concat(Chart.fixtures().stream(), Chart.presets().stream());
  }

  private static Stream<DynamicTest> each(java.util.function.Consumer<Rendered> check) {
    return everyValuesFile()
        .map(file ->
            DynamicTest.dynamicTest(
                String.valueOf(file.getFileName()),
                () -> check.accept(Chart.render("tempo", file))));
  }

  @TestFactory
  Stream<DynamicTest> objectsAreThoseOfKubernetes() {
    return each(rendered -> {
      assertThat(rendered.objects()).isNotEmpty();
      rendered.objects().forEach(RenderTest::validate);
    });
  }

  private static void validate(Map<String, Object> object) {
    String kind = Rendered.kind(object);
    String described = kind + " " + Rendered.name(object);
    String model = MODELS.get(kind);
    if (model == null) {
      assertThat(OF_OPERATORS).as(described).contains(kind);
      assertThat(Yaml.mapAt(object, "spec")).as(described).isNotEmpty();
      return;
    }
    JsonElement tree = JSON.getGson().toJsonTree(object);
    assertThatCode(
            () -> {
              Class<?> type = Class.forName("io.kubernetes.client.openapi.models." + model);
              try {
                type.getMethod("validateJsonElement", JsonElement.class).invoke(null, tree);
              } catch (InvocationTargetException e) {
                throw new AssertionError(e.getCause());
              }
              assertThat(JSON.getGson().fromJson(tree, type)).isNotNull();
            })
        .as(described)
        .doesNotThrowAnyException();
  }

  @TestFactory
  Stream<DynamicTest> configurationsAreTaken() {
    return each(rendered ->
        rendered
            .configurations()
            .forEach((name, text) -> {
              if (text.contains("http_tls_config")) {
                // TLS on the services' own ports is refused, loudly, instead of ignored
                assertThatThrownBy(() -> ConfigLoader.parse(text, Map.of()))
                    .hasMessageContaining("server.http_tls_config");
                return;
              }
              assertThatCode(() -> ConfigLoader.parse(text, Map.of()))
                  .as("%s:%n%s", name, text)
                  .doesNotThrowAnyException();
            }));
  }

  @TestFactory
  Stream<DynamicTest> objectsHoldTogether() {
    return each(rendered -> assertThat(new Lints(rendered).problems()).isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> podsAreRestricted() {
    return everyValuesFile()
        .map(file ->
            DynamicTest.dynamicTest(
                String.valueOf(file.getFileName()),
                () -> {
                  Rendered rendered = Chart.render("tempo", file);
                  rendered.pods().forEach(pods -> assertThat(Restricted.problems(pods)).isEmpty());
                }));
  }

  @Test
  void lintsStrictly() {
    LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }
}
