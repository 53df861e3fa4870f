package io.vivace.distributor.receiver.zipkin;

import static io.vivace.distributor.receiver.zipkin.ThriftSpans.body;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.i64;
import static io.vivace.distributor.receiver.zipkin.ThriftSpans.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.OtlpText;
import io.vivace.distributor.receiver.ReceiverFiles;
import io.vivace.distributor.receiver.RecordingConsumers;
import io.vivace.service.config.ReceiversConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

@Timeout(60)
class ZipkinReceiverTest {
  private static final byte[] V2 =
      "[{\"traceId\":\"1\",\"id\":\"2\",\"timestamp\":3}]".getBytes(StandardCharsets.UTF_8);

  private final RecordingConsumers consumers = new RecordingConsumers();
  private final HttpReceiverServer server = start("zipkin: {endpoint: '127.0.0.1:0'}");

  private HttpReceiverServer start(String yaml) {
    ReceiversConfig receivers = ReceiverFiles.receivers(yaml);
    HttpReceiverServer started =
        (HttpReceiverServer)
            ZipkinReceivers.servers(
                    "distributor.receivers.zipkin",
                    Objects.requireNonNull(receivers.zipkin().get("zipkin")),
                    consumers.context())
                .getFirst();
    started.start();
    return started;
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({"/api/v2/spans", "/spans", "/", "/any/path"})
  void takesVersion2OnEveryPath(String path) throws Exception {
    HttpResponse<String> response = post(path, "application/json", V2);

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(consumers.received())
        .singleElement()
        .satisfies(received -> {
          assertThat(received.transport()).isEqualTo("http_v2_json");
          assertThat(OtlpText.of(received.otlp())).contains("0000000000000002 time=3000-3000");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v2/spans,application/x-protobuf,PROTO3,http_v2_proto",
    "/api/v2/spans,application/json; charset=utf-8,JSON_V2,http_v2_json",
    "/api/v1/spans,application/x-thrift,THRIFT,http_v1_thrift",
    "/api/v1/spans,application/json,JSON_V1,http_v1_json"
  })
  void tellsTheFourEncodingsApart(
      String path, String type, SpanBytesEncoder encoder, String transport) throws Exception {
    Span span =
        Span.newBuilder()
            .traceId("463ac35c9f6413ad")
            .id("a2fb4a1d1a96d312")
            .name("get")
            .timestamp(5)
            .duration(2L)
            .build();

    assertThat(post(path, type, encoder.encodeList(List.of(span))).statusCode()).isEqualTo(202);
    assertThat(consumers.received())
        .singleElement()
        .satisfies(received -> {
          assertThat(received.transport()).isEqualTo(transport);
          assertThat(OtlpText.of(received.otlp()))
              .contains(
                  "span 0000000000000000463ac35c9f6413ad a2fb4a1d1a96d312 name=get time=5000-7000");
        });
  }

  @Test
  void takesCompressedBodies() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(V2);
    }

    HttpResponse<String> response =
        send(
            request("/api/v2/spans")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip.toByteArray())));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(consumers.received()).hasSize(1);
  }

  @Test
  void givesEveryValueOfTheTenantsHeader() throws Exception {
    send(
        request("/api/v2/spans")
            .header("X-Scope-OrgID", "team-a")
            .POST(HttpRequest.BodyPublishers.ofByteArray(V2)));

    assertThat(consumers.received().getFirst().tenants()).containsExactly("team-a");
  }

  @Test
  void answersProbes() throws Exception {
    assertThat(send(request("/health").GET()).body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(send(request("/ready").GET()).statusCode()).isEqualTo(200);
    assertThat(consumers.received()).isEmpty();
  }

  @Test
  void takesAnyOtherGetForAPush() throws Exception {
    HttpResponse<String> response = send(request("/api/v2/spans").GET());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body()).startsWith("unexpected end of JSON input");
  }

  @Test
  void takesAnEmptyListOfEveryEncoding() throws Exception {
    assertThat(post("/api/v2/spans", "application/json", "[]").statusCode()).isEqualTo(202);
    assertThat(post("/api/v2/spans", "application/x-protobuf", "").statusCode()).isEqualTo(202);
    assertThat(post("/api/v1/spans", "application/json", "[]").statusCode()).isEqualTo(202);
    assertThat(post("/api/v1/spans", "application/x-thrift", body()).statusCode()).isEqualTo(202);
  }

  @Test
  void tellsThatARateIsExceededAndWhenToComeBack() throws Exception {
    consumers.refuseWith(
        new PushException(Status.Code.RESOURCE_EXHAUSTED, "slow down", Duration.ofMillis(1500)));

    HttpResponse<String> response = post("/api/v2/spans", "application/json", V2);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(response.body()).isEqualTo("slow down\n");
  }

  @Test
  void tellsThatIngestersAreUnavailable() throws Exception {
    consumers.refuseWith(new PushException(Status.Code.UNAVAILABLE, "empty ring"));

    assertThat(post("/api/v2/spans", "application/json", V2).statusCode()).isEqualTo(503);
  }

  @Test
  void refusesBodiesThatAreTooLargeAfterDecompression() throws Exception {
    HttpReceiverServer small =
        start("zipkin: {endpoint: '127.0.0.1:0', max_request_body_size: 10}");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + small.port() + "/"))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(V2))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(consumers.failures()).containsExactly(DecodeFailure.TOO_LARGE);
    } finally {
      small.stop();
    }
  }

  /// Every request is stored or counted as refused: none is lost in between.
  @Test
  void storesOrCountsEveryRequest() throws Exception {
    int sent = 0;
    for (int i = 0; i < 10; i++) {
      post("/api/v2/spans", "application/json", V2);
      post("/api/v2/spans", "application/json", "[{]");
      post("/api/v2/spans", "application/x-protobuf", "\n\u007f");
      post("/api/v1/spans", "application/x-thrift", body(struct(i64(1, 1), i64(4, 2))));
      post("/api/v1/spans", "application/x-thrift", "\f");
      post("/api/v1/spans", "application/json", "{}");
      send(
          request("/")
              .header("Content-Encoding", "gzip")
              .POST(HttpRequest.BodyPublishers.ofString("no gzip")));
      send(
          request("/")
              .header("Content-Encoding", "br")
              .POST(HttpRequest.BodyPublishers.ofString("?")));
      sent += 8;
    }

    assertThat(consumers.received()).hasSize(20);
    assertThat(consumers.received().size() + consumers.failures().size()).isEqualTo(sent);
    assertThat(consumers.failures()).contains(DecodeFailure.UNSUPPORTED_ENCODING);
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return post(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
