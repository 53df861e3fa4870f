package io.vivace.all.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.vivace.all.AllInOne;
import io.vivace.testkit.ForkedClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients of Zipkin and OpenCensus: every one sends a server span with a client span in it.
@Tag("slow")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZipkinClientsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long MILLI = 1_000_000;

  private final long seconds = InstantSource.system().instant().getEpochSecond() - 60;
  private final long start = seconds * 1000 * MILLI;
  private final int zipkin;
  private final int opencensus;
  private AllInOne vivace;

  ZipkinClientsTest() throws Exception {
    zipkin = AllInOne.freePorts(1).getFirst();
    opencensus = AllInOne.freePorts(1).getFirst();
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    vivace =
        AllInOne.start(
            folder,
            "{zipkin: {endpoint: '127.0.0.1:%d'}, opencensus: {endpoint: '127.0.0.1:%d'}}"
                .formatted(zipkin, opencensus));
  }

  @AfterAll
  void stop() {
    vivace.close();
  }

  @Test
  void readsBackWhatOpenTelemetryExportsToZipkin(@TempDir Path folder) throws Exception {
    String traceId =
        run(
            folder,
            "opentelemetry-zipkin",
            "io.vivace.clients.opentelemetryzipkin.OpenTelemetryZipkin",
            "http://127.0.0.1:" + zipkin + "/api/v2/spans",
            Long.toString(seconds));

    Map<String, Span> spans = vivace.spans(traceId, 2);
    checkTimesAndParents(spans, "get /cart");
    assertThat(attributes(spans, "get /cart")).containsEntry("http.method", "GET");
    assertThat(attributes(spans, "charge")).containsEntry("amount", "42");
    assertThat(span(spans, "charge").getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    // this exporter puts the attributes of an event into its text
    checkEvent(spans, "\"declined\":{}");
    checkSearch("otel-shop", traceId);
  }

  @ParameterizedTest
  @CsvSource({"v2,JSON_V2,128", "v2,PROTO3,64", "v2,PROTO3,128", "v1,THRIFT,128", "v1,JSON_V1,64"})
  void readsBackWhatBraveReports(String version, String encoding, String bits, @TempDir Path folder)
      throws Exception {
    String traceId =
        run(
            folder,
            "brave",
            "io.vivace.clients.brave.BraveReporter",
            "http://127.0.0.1:" + zipkin + "/api/" + version + "/spans",
            encoding,
            Long.toString(seconds),
            bits);

    Map<String, Span> spans = vivace.spans(traceId, 2);
    checkTimesAndParents(spans, "get /cart");
    assertThat(attributes(spans, "get /cart")).containsEntry("http.method", "GET");
    assertThat(attributes(spans, "charge")).containsEntry("amount", "42");
    if (!encoding.equals("THRIFT")) {
      assertThat(attributes(spans, "charge"))
          .containsEntry("peer.service", "bank")
          .containsEntry("net.peer.ip", "10.1.2.3")
          .containsEntry("net.peer.port", "443");
    }
    assertThat(span(spans, "charge").getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    checkEvent(spans, "retry");
    checkSearch("brave-shop", traceId);
  }

  @Test
  void readsBackWhatOpenCensusExports(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log.txt");
    try (ForkedClient client =
        ForkedClient.start(
            "ocagent",
            "io.vivace.clients.ocagent.OcAgentExporter",
            log,
            List.of("127.0.0.1:" + opencensus))) {
      String traceId =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () -> {
                    client.poke();
                    return lastStored(log);
                  },
                  stored -> !stored.isEmpty());

      Map<String, Span> spans = vivace.spans(traceId, 2);
      Span root = span(spans, "get /cart");
      Span child = span(spans, "charge");
      assertThat(root.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
      assertThat(child.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
      assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
      assertThat(child.getStartTimeUnixNano()).isBetween(start, child.getEndTimeUnixNano());
      assertThat(attributes(spans, "charge")).containsEntry("amount", "42");
      assertThat(child.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
      assertThat(child.getStatus().getMessage()).isEqualTo("declined");
      assertThat(child.getEventsList()).extracting(Span.Event::getName).containsExactly("retry");
      checkSearch("oc-shop", traceId);
    }
  }

  /// The id of a trace that the agent's exporter printed and that is here, empty when none is yet.
  private String lastStored(Path log) throws Exception {
    for (String line : Files.readAllLines(log).reversed()) {
      if (line.matches("[0-9a-f]{32}") && vivace.trace(line).isPresent()) {
        return line;
      }
    }
    return "";
  }

  private static String run(Path folder, String module, String mainClass, String... arguments)
      throws Exception {
    try (ForkedClient client =
        ForkedClient.start(module, mainClass, folder.resolve("log.txt"), List.of(arguments))) {
      return client
          .await(PATIENCE)
          .lines()
          .filter(line -> line.matches("[0-9a-f]{16,32}"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void checkTimesAndParents(Map<String, Span> spans, String rootName) {
    Span root = span(spans, rootName);
    Span child = span(spans, "charge");
    assertThat(root.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
    assertThat(child.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(root.getStartTimeUnixNano()).isEqualTo(start);
    assertThat(root.getEndTimeUnixNano()).isEqualTo(start + 40 * MILLI);
    assertThat(child.getStartTimeUnixNano()).isEqualTo(start + 10 * MILLI);
    assertThat(child.getEndTimeUnixNano()).isEqualTo(start + 30 * MILLI);
  }

  private void checkEvent(Map<String, Span> spans, String name) {
    assertThat(span(spans, "charge").getEventsList())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getName()).isEqualTo(name);
          assertThat(event.getTimeUnixNano()).isEqualTo(start + 20 * MILLI);
        });
  }

  private void checkSearch(String service, String traceId) throws Exception {
    String shown = traceId.replaceFirst("^0+", "");
    assertThat(
            vivace.search("{ resource.service.name = \"" + service + "\" && name = \"charge\" }"))
        .contains(shown);
  }

  private static Span span(Map<String, Span> spans, String name) {
    return Objects.requireNonNull(spans.get(name), name);
  }

  private static Map<String, String> attributes(Map<String, Span> spans, String name) {
    return span(spans, name).getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey, attribute -> text(attribute.getValue()), (one, other) -> one));
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }
}
