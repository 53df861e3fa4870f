package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.RunningReceivers.ENDPOINT;
import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
import static io.vivace.distributor.receiver.jaeger.Sample.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The HTTP port over real connections.
@SuppressWarnings("NullAway.Init")
class JaegerHttpReceiverTest {
  private static final String THRIFT = "application/x-thrift";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private RunningReceivers receivers;

  @BeforeEach
  void start() throws Exception {
    receivers =
        new RunningReceivers(
            "protocols: {thrift_http: {%s, max_request_body_size: 100000}}".formatted(ENDPOINT));
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    receivers.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        THRIFT,
        "application/vnd.apache.thrift.binary",
        "Application/X-Thrift; charset=utf-8"
      })
  void storesBatchesWithTheirTenant(String contentType) throws Exception {
    HttpResponse<String> answer =
        send(post(batchOf(span()), contentType).header("X-Scope-OrgID", "t1"));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
    assertThat(receivers.consumers.received().getFirst().tenants()).containsExactly("t1");
  }

  @Test
  void ignoresTheQuery() throws Exception {
    URI uri = URI.create(uri("/api/traces") + "?format=jaeger.thrift");
    HttpRequest.Builder request = post(batchOf(span()), THRIFT).uri(uri);
    assertThat(send(request).statusCode()).isEqualTo(202);
  }

  @Test
  void takesCompressedBodies() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(batchOf(span()));
    }
    HttpRequest.Builder request =
        post(compressed.toByteArray(), THRIFT).header("Content-Encoding", "gzip");
    assertThat(send(request).statusCode()).isEqualTo(202);
    assertThat(receivers.consumers.received()).hasSize(1);
  }

  @Test
  void refusesOtherMethodsAndPaths() throws Exception {
    HttpResponse<String> get = send(HttpRequest.newBuilder(uri("/api/traces")));
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.body()).isEmpty();
    HttpResponse<String> other = send(HttpRequest.newBuilder(uri("/")));
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.body()).isEqualTo("404 page not found\n");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, Unsupported content type: application/json",
    "text, Unsupported content type: text",
    "text plain, Cannot parse content type: mime: expected slash after first token",
    "text/, Cannot parse content type: mime: expected token after slash",
    "text/x y, Cannot parse content type: mime: unexpected content after media subtype",
    "application/x-thrift; a, Cannot parse content type: mime: invalid media parameter",
    "<b>, Cannot parse content type: mime: no media type",
    "a'b, Unsupported content type: a&#39;b",
  })
  void refusesOtherContentTypes(String contentType, String text) throws Exception {
    HttpResponse<String> answer = send(post(batchOf(span()), contentType));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(answer.body()).isEqualTo(text + "\n");
    assertThat(receivers.consumers.failures()).containsExactly(DecodeFailure.UNSUPPORTED_TYPE);
  }

  @Test
  void refusesAndCountsWhatIsNoBatch() throws Exception {
    HttpResponse<String> answer = send(post(new byte[] {12, 0}, THRIFT));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("Unable to process request body: thrift: ");
    assertThat(receivers.consumers.failures()).containsExactly(DecodeFailure.MALFORMED);
  }

  @Test
  void refusesContentEncodingsThatNobodyKnows() throws Exception {
    HttpResponse<String> answer =
        send(post(batchOf(span()), THRIFT).header("Content-Encoding", "br"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("unsupported Content-Encoding: br");
    assertThat(receivers.consumers.failures()).containsExactly(DecodeFailure.UNSUPPORTED_ENCODING);
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    byte[] body = batchOf(span().with(tag("k", "x".repeat(100_000))));
    HttpResponse<String> answer = send(post(body, THRIFT));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .isEqualTo("Unable to process request body: http: request body too large\n");
    assertThat(receivers.consumers.failures()).containsExactly(DecodeFailure.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "RESOURCE_EXHAUSTED, 429",
    "UNAVAILABLE, 503",
    "DEADLINE_EXCEEDED, 503",
    "INVALID_ARGUMENT, 400",
    "INTERNAL, 500",
  })
  void tellsWhyTheDistributorRefused(Status.Code code, int status) throws Exception {
    receivers.consumers.refuseWith(new PushException(code, "why", Duration.ofMillis(1500)));
    HttpResponse<String> answer = send(post(batchOf(span()), THRIFT));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("Cannot submit Jaeger batch: why\n");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
  }

  private static byte[] batchOf(Sample.Span... spans) throws Exception {
    return ThriftEncoder.binary(ThriftEncoder.batch(batch(spans)));
  }

  private HttpRequest.Builder post(byte[] body, String contentType) {
    return HttpRequest.newBuilder(uri("/api/traces"))
        .header("Content-Type", contentType)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + receivers.httpPort() + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
