package io.vivace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.grpc.RawBytes;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// A gateway with passwords, a limit for bodies, a port for scrapers, and no way to shut down
/// ingesters.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class GuardedGatewayTest {
  private static final MethodDescriptor<byte[], byte[]> SEARCH =
      RawBytes.method("tempopb.StreamingQuerier/Search", MethodType.SERVER_STREAMING);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path passwords;
  private DisposableServer upstream;
  private ConfigurableApplicationContext gateway;
  private int port;
  private int adminPort;

  @SuppressWarnings("NullAway.Init")
  GuardedGatewayTest(@TempDir Path folder) {
    this.passwords = folder.resolve(".htpasswd");
  }

  @BeforeAll
  void start() throws Exception {
    // "tempo" and "secret"
    Files.writeString(passwords, "tempo:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n");
    upstream =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) ->
                request
                    .receive()
                    .aggregate()
                    .then(response.sendString(Mono.just("upstream")).then()))
            .bindNow();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      adminPort = free.getLocalPort();
    }
    String yaml =
        """
        gateway:
          http_listen_address: 127.0.0.1
          http_listen_port: 0
          admin_listen_port: %2$d
          expose_admin: false
          access_log: all
          max_request_body_bytes: 1000
          read_timeout: 30s
          basic_auth:
            htpasswd_file: %3$s
          upstreams:
            {distributor: "127.0.0.1:%1$d", distributor_otlp_http: "127.0.0.1:%1$d", ingester: "127.0.0.1:%1$d",
             query_frontend: "127.0.0.1:%1$d", compactor: "127.0.0.1:%1$d"}
        """
            .formatted(upstream.port(), adminPort, passwords);
    gateway = Gateway.start(ConfigLoader.parse(yaml, Map.of()).config(), true);
    port = Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterAll
  void stop() {
    gateway.close();
    upstream.disposeNow();
    client.close();
  }

  private HttpResponse<String> send(int to, String path, String user, BodyPublisher body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path)).POST(body);
    if (!user.isEmpty()) {
      byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(int to, String path, String user) throws Exception {
    return send(to, path, user, BodyPublishers.noBody());
  }

  @Test
  void asksForNameAndPassword() throws Exception {
    HttpResponse<String> refused = get(port, "/api/search", "");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"Tempo\"");
    assertThat(get(port, "/api/search", "tempo:wrong").statusCode()).isEqualTo(401);
    assertThat(get(port, "/v1/traces", "nobody:secret").statusCode()).isEqualTo(401);
    assertThat(get(port, "/api/search", "tempo:secret").body()).isEqualTo("upstream");
    assertThat(get(port, "/api/search", "tempo:secret").body()).isEqualTo("upstream");
  }

  @Test
  void letsProbesInAndKeepsMetricsBack() throws Exception {
    assertThat(get(port, "/", "").body()).isEqualTo("OK");
    assertThat(get(port, "/ready", "").body()).isEqualTo("ready\n");
    assertThat(get(port, "/metrics", "").statusCode()).isEqualTo(401);
    assertThat(get(port, "/metrics", "tempo:secret").statusCode()).isEqualTo(200);
  }

  @Test
  void showsMetricsOnThePortForScrapers() throws Exception {
    URI metrics = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(answer.body()).contains("tempo_request_duration_seconds");
    assertThat(get(adminPort, "/api/search", "tempo:secret").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesGrpcWithoutPasswordAsUnauthenticated() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      assertThatThrownBy(() ->
              ClientCalls.blockingServerStreamingCall(
                      channel, SEARCH, CallOptions.DEFAULT, new byte[] {1})
                  .hasNext())
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    } finally {
      ManagedChannel _ = channel.shutdownNow();
    }
  }

  @Test
  void readsThePasswordsAgainWhenTheFileChanges() throws Exception {
    String old = Files.readString(passwords);
    try {
      // "tempo" and "other"
      Files.writeString(passwords, "tempo:{SHA}0JQeaNqPOBUf+Gph/Fn3xc+fyqI=\n");
      touch(Instant.now().plusSeconds(10));
      assertThat(get(port, "/api/search", "tempo:secret").statusCode()).isEqualTo(401);
      Files.writeString(passwords, "");
      touch(Instant.now().plusSeconds(20));
      assertThat(get(port, "/api/search", "tempo:secret").statusCode()).isEqualTo(401);
    } finally {
      Files.writeString(passwords, old);
      touch(Instant.now().plusSeconds(30));
    }
    assertThat(get(port, "/api/search", "tempo:secret").statusCode()).isEqualTo(200);
  }

  private void touch(Instant time) throws Exception {
    Path _ = Files.setLastModifiedTime(passwords, FileTime.from(time));
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    byte[] large = new byte[1001];
    BodyPublisher unknownLength =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));

    assertThat(send(port, "/v1/traces", "tempo:secret", BodyPublishers.ofByteArray(large)))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(413);
    assertThat(send(port, "/v1/traces", "tempo:secret", unknownLength).statusCode()).isEqualTo(413);
    assertThat(send(port, "/v1/traces", "tempo:secret", BodyPublishers.ofByteArray(new byte[1000])))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
  }

  @Test
  void doesNotRouteFlushAndShutdown() throws Exception {
    assertThat(get(port, "/shutdown", "tempo:secret").statusCode()).isEqualTo(404);
    assertThat(get(port, "/flush", "tempo:secret").statusCode()).isEqualTo(404);
  }
}
