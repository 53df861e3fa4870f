package io.vivace.all.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.vivace.all.AllInOne;
import io.vivace.testkit.ForkedClient;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients of Jaeger: every one sends a server span, a client span in it, and one that follows.
@Tag("slow")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JaegerClientsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long MILLI = 1_000_000;

  /// A client and the way it sends.
  enum Client {
    JAEGER_OVER_UDP("jaeger", "jaeger.JaegerReporter", "udp"),
    JAEGER_OVER_BINARY_UDP("jaeger", "jaeger.JaegerReporter", "udp-binary"),
    JAEGER_OVER_HTTP("jaeger", "jaeger.JaegerReporter", "http"),
    OPENTELEMETRY_OVER_GRPC(
        "opentelemetry-jaeger", "opentelemetryjaeger.OpenTelemetryJaeger", "grpc"),
    OPENTELEMETRY_OVER_HTTP(
        "opentelemetry-jaeger", "opentelemetryjaeger.OpenTelemetryJaeger", "thrift");

    private final String module;
    private final String mainClass;
    private final String transport;

    Client(String module, String mainClass, String transport) {
      this.module = module;
      this.mainClass = "io.vivace.clients." + mainClass;
      this.transport = transport;
    }
  }

  private final long seconds = InstantSource.system().instant().getEpochSecond() - 60;
  private final long start = seconds * 1000 * MILLI;
  private final int grpc;
  private final int http;
  private final int udp;
  private final int binaryUdp;
  private AllInOne vivace;

  JaegerClientsTest() throws Exception {
    grpc = AllInOne.freePorts(1).getFirst();
    http = AllInOne.freePorts(1).getFirst();
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      udp = socket.getLocalPort();
      try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        binaryUdp = other.getLocalPort();
      }
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    vivace =
        AllInOne.start(
            folder,
            """
            {jaeger: {protocols: {
              grpc: {endpoint: '127.0.0.1:%d'},
              thrift_http: {endpoint: '127.0.0.1:%d'},
              thrift_compact: {endpoint: '127.0.0.1:%d'},
              thrift_binary: {endpoint: '127.0.0.1:%d'}}}}
            """
                .formatted(grpc, http, udp, binaryUdp)
                .replaceAll("\\s+", " "));
  }

  @AfterAll
  void stop() {
    vivace.close();
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void readsBackWhatAClientSends(Client client, @TempDir Path folder) throws Exception {
    String traceId = run(client, folder);

    Map<String, Span> spans = vivace.spans(traceId, 3);
    Span root = span(spans, "get /cart");
    Span child = span(spans, "charge");
    Span next = span(spans, "audit");
    checkTimes(root, 0, 40);
    checkTimes(child, 10, 30);
    checkTimes(next, 50, 60);
    assertThat(root.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
    assertThat(child.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(next.getParentSpanId()).isEqualTo(root.getSpanId());
    checkLinks(client, next, client.module.equals("jaeger") ? root : child);
    assertThat(attributes(root))
        .containsEntry("http.method", string("GET"))
        .containsEntry("retries", integer(2))
        .containsEntry("ratio", AnyValue.newBuilder().setDoubleValue(0.5).build())
        .containsEntry("cached", AnyValue.newBuilder().setBoolValue(true).build())
        .doesNotContainKey("span.kind");
    assertThat(attributes(child)).containsEntry("amount", integer(42)).doesNotContainKey("error");
    assertThat(child.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(child.getEventsList())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getName()).isEqualTo("retry");
          assertThat(event.getTimeUnixNano()).isEqualTo(start + 20 * MILLI);
          assertThat(event.getAttributesList())
              .containsExactly(
                  KeyValue.newBuilder().setKey("attempt").setValue(integer(2)).build());
        });
    assertThat(vivace.search("{ resource.service.name = \"jaeger-shop\" && name = \"charge\" }"))
        .contains(traceId.replaceFirst("^0+", ""));
  }

  private String run(Client client, Path folder) throws Exception {
    String target =
        switch (client.transport) {
          case "udp" -> Integer.toString(udp);
          case "udp-binary" -> Integer.toString(binaryUdp);
          case "grpc" -> "http://127.0.0.1:" + grpc;
          case "http" -> "http://127.0.0.1:" + http + "/api/traces?format=jaeger.thrift";
          default -> "http://127.0.0.1:" + http + "/api/traces";
        };
    try (ForkedClient program =
        ForkedClient.start(
            client.module,
            client.mainClass,
            folder.resolve("log.txt"),
            List.of(client.transport, target, Long.toString(seconds)))) {
      return program
          .await(PATIENCE)
          .lines()
          .filter(line -> line.matches("[0-9a-f]{16,32}"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void checkTimes(Span span, long startMillis, long endMillis) {
    assertThat(span.getStartTimeUnixNano()).isEqualTo(start + startMillis * MILLI);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(start + endMillis * MILLI);
  }

  private static void checkLinks(Client client, Span span, Span linked) {
    assertThat(span.getLinksList())
        .as("%s", client)
        .extracting(Span.Link::getSpanId)
        .containsExactly(linked.getSpanId());
  }

  private static Span span(Map<String, Span> spans, String name) {
    return Objects.requireNonNull(spans.get(name), name);
  }

  private static Map<String, AnyValue> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  private static AnyValue string(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static AnyValue integer(long number) {
    return AnyValue.newBuilder().setIntValue(number).build();
  }
}
