package io.vivace.all.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.vivace.service.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the pages show works as written, apart from ports.
@Tag("slow")
class DocumentationTest {
  private static final List<String> PAGES =
      List.of(
          "README.md",
          "docs/tutorials/first-trace.md",
          "docs/how-to/configure.md",
          "docs/how-to/send-traces.md");
  private static final Pattern EXPORT = Pattern.compile("export (OTEL_\\w+)=(\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static DocumentedProcess process;

  @BeforeAll
  static void start() throws Exception {
    process = new DocumentedProcess(folder);
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  private static List<Snippet> all() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (String page : PAGES) {
      snippets.addAll(Snippet.of(page));
    }
    return snippets;
  }

  /// The pages, each with its commands in its order: later ones build on earlier ones.
  @ParameterizedTest
  @MethodSource("pages")
  void commandsWork(String page) throws Exception {
    List<Snippet> commands = Snippet.of(page).stream().filter(Snippet::isCommand).toList();
    Assumptions.assumeTrue(commands.isEmpty() || hasCurl(), "SKIPPED: curl is not installed");
    for (Snippet command : commands) {
      await(command.toString())
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> process.run(command.text()));
    }
  }

  static Stream<String> pages() {
    return PAGES.stream();
  }

  static Stream<Snippet> environments() throws IOException {
    return all().stream().filter(Snippet::isEnvironment);
  }

  static Stream<Snippet> configurations() throws IOException {
    return all().stream().filter(Snippet::isConfiguration);
  }

  @ParameterizedTest
  @MethodSource("environments")
  void environmentOfAnSdkBringsItsSpansHere(Snippet snippet) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("otel.metrics.exporter", "none");
    settings.put("otel.logs.exporter", "none");
    Matcher exports = EXPORT.matcher(process.withPorts(snippet.text()));
    while (exports.find()) {
      String name = exports.group(1).toLowerCase(Locale.ROOT).replace('_', '.');
      settings.put(name, exports.group(2));
    }
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> settings)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    Span span = sdk.getTracer("docs").spanBuilder("documented").startSpan();
    span.end();
    assertThat(sdk.getSdkTracerProvider().forceFlush().join(1, TimeUnit.MINUTES).isSuccess())
        .isTrue();
    sdk.close();
    String id = span.getSpanContext().getTraceId();
    assertThat(process.run("curl http://127.0.0.1:3200/api/traces/" + id + "\n"))
        .contains("documented");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void configurationIsAccepted(Snippet snippet) throws Exception {
    assertThat(ConfigLoader.parse(snippet.text(), Map.of()).config()).isNotNull();
  }

  static Stream<Snippet> programs() throws IOException {
    return all().stream().filter(snippet -> snippet.language().equals("java"));
  }

  /// Code on a page is that of the clients that tests run, apart from addresses and names.
  @ParameterizedTest
  @MethodSource("programs")
  void codeIsThatOfAClientThatWasTried(Snippet snippet) throws Exception {
    String program = snippet.text();
    for (Map.Entry<String, String> value : ClientPrograms.VALUES.entrySet()) {
      program = program.replace(value.getKey(), value.getValue());
    }
    List<String> statements =
        Splitter.on(';')
            .trimResults(CharMatcher.whitespace())
            .omitEmptyStrings()
            .splitToStream(program)
            .map(CharMatcher.whitespace()::removeFrom)
            .toList();
    assertThat(ClientPrograms.sources())
        .anySatisfy(source -> assertThat(source).contains(statements));
  }

  private static boolean hasCurl() {
    try {
      return new ProcessBuilder("curl", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
