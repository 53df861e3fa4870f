package io.vivace.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.GoogleCredentials;
import com.sun.net.httpserver.HttpServer;
import io.vivace.storage.remote.Authorization;
import io.vivace.storage.remote.HttpTransport;
import io.vivace.storage.remote.RemoteCalls;
import io.vivace.storage.remote.RetryPolicy;
import io.vivace.storage.remote.StoreException;
import io.vivace.storage.remote.StoreObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes over the wire: who asks, what is retried, how an upload goes on.
class GcsWireTest {
  /// An answer that a test prepared.
  private record Prepared(int status, Map<String, String> headers, String body) {}

  private final HttpServer server = server();
  private final List<Prepared> answers = new ArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI origin() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " auth="
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " range="
                  + exchange.getRequestHeaders().getFirst("Content-Range")
                  + " size="
                  + sent.length);
          Prepared answer =
              exchange.getRequestURI().getPath().equals("/token")
                  ? new Prepared(
                      200,
                      Map.of("Content-Type", "application/json"),
                      "{\"access_token\":\"t0k3n\",\"expires_in\":3600,\"token_type\":\"Bearer\"}")
                  : answers.removeFirst();
          answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private GcsObjectStore store(Authorization authorization) {
    Clock clock = Clock.systemUTC();
    return new GcsObjectStore(
        new HttpTransport(Duration.ofSeconds(30), null, StoreObserver.none(), clock),
        authorization,
        new GcsSettings("b", origin(), GcsSettings.QUANTUM, "", Map.of(), 1),
        new RemoteCalls(
            "gcs bucket b",
            new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)),
            clock,
            time -> {},
            new SplittableRandom(1),
            StoreObserver.none()));
  }

  private void answer(int status, Map<String, String> headers, String body) {
    answers.add(new Prepared(status, headers, body));
  }

  @Test
  void asksAsTheServiceAccountAndKeepsItsToken() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    String json =
        """
        {"type":"service_account","project_id":"p","private_key_id":"k","private_key":"%s",
         "client_email":"a@p.iam.gserviceaccount.com","client_id":"1","token_uri":"%s/token"}
        """
            .formatted(pem, origin());
    GoogleCredentials credentials =
        GoogleCredentials.fromStream(
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    answer(200, Map.of(), "one");
    answer(200, Map.of(), "two");
    try (GcsObjectStore store = store(GcsCredentials.of(credentials))) {
      assertThat(store.read("x")).asString(StandardCharsets.UTF_8).isEqualTo("one");
      assertThat(store.read("x")).asString(StandardCharsets.UTF_8).isEqualTo("two");
    }
    assertThat(requests.stream().filter(line -> line.contains("/token"))).hasSize(1);
    assertThat(requests.stream().filter(line -> line.contains("auth=Bearer t0k3n"))).hasSize(2);
  }

  @Test
  void retriesABrokenStoreAndSaysWhatItSaid() {
    for (int i = 0; i < 3; i++) {
      answer(503, Map.of(), "{\"error\":{\"code\":503,\"message\":\"backend error\"}}");
    }
    try (GcsObjectStore store = store(Map::of)) {
      assertThatThrownBy(() -> store.read("t/b/index"))
          .isInstanceOf(StoreException.class)
          .hasMessage("gcs bucket b: read t/b/index (attempt 3): 503 backend error");
    }
    assertThat(requests).hasSize(3);
  }

  @Test
  void goesOnWithAnUploadWhereTheStoreIs(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[3 * GcsSettings.QUANTUM]);
    int quantum = GcsSettings.QUANTUM;
    answer(200, Map.of("Location", origin() + "/session"), "");
    answer(308, Map.of("Range", "bytes=0-" + (quantum - 1)), "");
    // the second chunk got through, its answer did not
    answer(500, Map.of(), "");
    answer(308, Map.of("Range", "bytes=0-" + (2 * quantum - 1)), "");
    answer(200, Map.of(), "{\"generation\":\"1\"}");
    try (GcsObjectStore store = store(Map::of)) {
      store.write("o", file);
    }
    assertThat(requests.stream().map(line -> line.replaceAll(".* range=", "")))
        .containsExactly(
            "null size=" + "{\"name\":\"o\",\"contentType\":\"application/octet-stream\"}".length(),
            "bytes 0-" + (quantum - 1) + "/" + 3 * quantum + " size=" + quantum,
            "bytes " + quantum + "-" + (2 * quantum - 1) + "/" + 3 * quantum + " size=" + quantum,
            "bytes */" + 3 * quantum + " size=0",
            "bytes "
                + 2 * quantum
                + "-"
                + (3 * quantum - 1)
                + "/"
                + 3 * quantum
                + " size="
                + quantum);
  }

  @Test
  void givesUpAnUploadThatFails(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("f"), new byte[3 * GcsSettings.QUANTUM]);
    answer(200, Map.of("Location", origin() + "/session"), "");
    answer(403, Map.of(), "{\"error\":{\"message\":\"quota\"}}");
    answer(499, Map.of(), "");
    try (GcsObjectStore store = store(Map::of)) {
      assertThatThrownBy(() -> store.write("o", file)).hasMessageContaining("403 quota");
    }
    assertThat(requests.getLast()).startsWith("DELETE /session");
  }

  @Test
  void readsEndpointsAsTempoDoes() {
    assertThat(GcsSettings.origin("")).hasToString("https://storage.googleapis.com");
    assertThat(GcsSettings.origin("https://storage.googleapis.com/storage/v1/"))
        .hasToString("https://storage.googleapis.com");
    assertThat(GcsSettings.origin("http://gcs:4443/storage/v1/")).hasToString("http://gcs:4443");
    assertThatThrownBy(() -> GcsSettings.origin("http://")).hasMessageContaining("gcs.endpoint");
    assertThat(GcsSettings.chunk(10_485_760)).isEqualTo(10_485_760);
    assertThat(GcsSettings.chunk(1)).isEqualTo(GcsSettings.QUANTUM);
  }
}
