package io.vivace.all.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.vivace.all.AllInOne;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The JavaScript exporters of OpenTelemetry: the source of genuine OTLP/JSON, and a second hand
/// for the other protocols. Skipped where Node.js or npm's registry is not there.
@Tag("slow")
class NodeClientsTest {
  private static final Path SOURCES = Path.of("..", "clients", "node");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void everyExporterIsReadBackWhole() throws Exception {
    install();
    List<Integer> ports = AllInOne.freePorts(7);
    String receivers =
        """
        {otlp: {protocols: {http: {endpoint: '127.0.0.1:%d'}, grpc: {endpoint: '127.0.0.1:%d'}}},
         zipkin: {endpoint: '127.0.0.1:%d'},
         jaeger: {protocols: {thrift_http: {endpoint: '127.0.0.1:%d'}, thrift_binary: {endpoint: '127.0.0.1:%d'}}}}
        """
            .formatted(ports.get(2), ports.get(3), ports.get(4), ports.get(5), ports.get(6))
            .replace("\n", " ");
    try (AllInOne vivace = AllInOne.start(folder, ports, receivers)) {
      String otlp = "http://127.0.0.1:" + ports.get(2) + "/v1/traces";
      Map<String, String> sent =
          send(
              "otlp-json=" + otlp,
              "otlp-json-gzip=" + otlp,
              "otlp-proto=" + otlp,
              "otlp-grpc=http://127.0.0.1:" + ports.get(3),
              "zipkin=http://127.0.0.1:" + ports.get(4) + "/api/v2/spans",
              "jaeger-http=http://127.0.0.1:" + ports.get(5) + "/api/traces",
              "jaeger-udp=127.0.0.1:" + ports.get(6));
      assertThat(sent).hasSize(7);
      for (Map.Entry<String, String> each : sent.entrySet()) {
        await(each.getKey())
            .atMost(PATIENCE)
            .untilAsserted(() -> check(each.getKey(), vivace.trace(each.getValue()).orElseThrow()));
        assertThat(
                vivace.search(
                    "{ resource.service.name = \"node-"
                        + each.getKey()
                        + "\" && name = \"charge\" }"))
            .contains(each.getValue().replaceFirst("^0+", ""));
      }
    }
  }

  private static void check(String exporter, Trace trace) {
    Map<String, Span> spans =
        trace.getResourceSpansList().stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .flatMap(scope -> scope.getSpansList().stream())
            .collect(Collectors.toMap(Span::getName, span -> span));
    assertThat(spans.keySet()).as(exporter).containsExactlyInAnyOrder("checkout", "charge");
    Span parent = Objects.requireNonNull(spans.get("checkout"));
    Span child = Objects.requireNonNull(spans.get("charge"));
    assertThat(child.getParentSpanId()).as(exporter).isEqualTo(parent.getSpanId());
    assertThat(parent.getKind()).as(exporter).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(child.getStatus().getCodeValue()).as(exporter).isEqualTo(2);
    assertThat(child.getEventsList())
        .as(exporter)
        .extracting(Span.Event::getName)
        .containsExactly("retry");
    assertThat(parent.getAttributesList())
        .as(exporter)
        .extracting(KeyValue::getKey)
        .contains("text", "whole", "half", "yes");
  }

  /// Installs the locked versions below the build folder.
  private static void install() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        runs("node", "--version") && runs("npm", "--version"), "SKIPPED: Node.js is not installed");
    Path target = modules();
    Files.createDirectories(target);
    for (String name : List.of("package.json", "package-lock.json", "send.js")) {
      Files.copy(SOURCES.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    String log = run(target, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    Assumptions.assumeTrue(
        Files.isDirectory(target.resolve("node_modules/@opentelemetry/api")),
        "SKIPPED: npm could not install the clients: " + log);
  }

  private static Path modules() {
    return Path.of("target", "clients-node").toAbsolutePath();
  }

  private static Map<String, String> send(String... exporters)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "send.js"));
    command.addAll(List.of(exporters));
    String output = run(modules(), command.toArray(String[]::new));
    return output
        .lines()
        .filter(line -> line.matches("[a-z-]+ [0-9a-f]{32}"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(' ')),
                line -> line.substring(line.indexOf(' ') + 1)));
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return output;
  }
}
