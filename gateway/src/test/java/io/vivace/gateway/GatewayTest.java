package io.vivace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.grpc.RawBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class GatewayTest {
  private static final MethodDescriptor<byte[], byte[]> SEARCH =
      RawBytes.method("tempopb.StreamingQuerier/Search", MethodType.SERVER_STREAMING);

  private final HttpClient client = HttpClient.newHttpClient();
  private DisposableServer upstream;
  private Server grpcUpstream;
  private ConfigurableApplicationContext gateway;
  private ManagedChannel channel;
  private int port;

  @SuppressWarnings("NullAway.Init")
  GatewayTest() {}

  @BeforeAll
  void start() throws Exception {
    upstream =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) ->
                request
                    .receive()
                    .aggregate()
                    .asByteArray()
                    .map(body -> body.length)
                    .defaultIfEmpty(0)
                    .flatMap(length ->
                        response
                            .header("X-Tenant", "" + request.requestHeaders().get("X-Scope-OrgID"))
                            .sendString(
                                Mono.just(request.method() + " " + request.uri() + " " + length))
                            .then()))
            .bindNow();
    grpcUpstream =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
            .addService(
                ServerServiceDefinition.builder("tempopb.StreamingQuerier")
                    .addMethod(
                        SEARCH,
                        ServerCalls.asyncServerStreamingCall((request, observer) -> {
                          if (request.length == 0) {
                            observer.onError(
                                Status.RESOURCE_EXHAUSTED
                                    .withDescription("too much")
                                    .asRuntimeException());
                            return;
                          }
                          for (int i = 0; i < 3; i++) {
                            observer.onNext(request);
                          }
                          observer.onCompleted();
                        }))
                    .build())
            .build()
            .start();
    String yaml =
        """
        gateway:
          http_listen_address: 127.0.0.1
          http_listen_port: 0
          upstreams:
            {distributor: "127.0.0.1:%1$d", distributor_otlp_http: "127.0.0.1:%1$d", ingester: "127.0.0.1:1",
             query_frontend: "127.0.0.1:%1$d", query_frontend_grpc: "127.0.0.1:%2$d", compactor: "127.0.0.1:%1$d",
             distributor_otlp_grpc: "127.0.0.1:1"}
        """
            .formatted(upstream.port(), grpcUpstream.getPort());
    gateway = Gateway.start(ConfigLoader.parse(yaml, Map.of()).config(), true);
    port = Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @AfterAll
  void stop() {
    ManagedChannel _ = channel.shutdownNow();
    gateway.close();
    Server _ = grpcUpstream.shutdownNow();
    upstream.disposeNow();
    client.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(), path);
  }

  @Test
  void queryStringsPassByteForByte() throws Exception {
    String path = "/api/search?q=%7B%20.a%3D%22x%22+b=c&x=[1]&y=%c3%a4&empty=&flag";

    assertThat(get(path).body()).isEqualTo("GET " + path + " 0");
  }

  @Test
  void encodedSlashesInPathsStay() throws Exception {
    assertThat(get("/api/search/tag/a%2Fb/values").body())
        .isEqualTo("GET /api/search/tag/a%2Fb/values 0");
  }

  @Test
  void queriesThatAreNoUriPass() throws Exception {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      String request = "GET /api/search?q={} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("GET /api/search?q=%7B%7D 0");
    }
  }

  @Test
  void largeBodiesAndHeadersReachTheReceiver() throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder()
            .header("X-Scope-OrgID", "team-a")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3 << 20]));

    HttpResponse<String> answer = send(post, "/otlp/v1/traces");

    assertThat(answer.body()).isEqualTo("POST /v1/traces " + (3 << 20));
    assertThat(answer.headers().firstValue("X-Tenant")).contains("team-a");
  }

  @Test
  void ownPagesAnswer() throws Exception {
    assertThat(get("/").body()).isEqualTo("OK");
    assertThat(get("/ready").body()).isEqualTo("ready\n");
    HttpResponse<String> _ = get("/api/echo");
    assertThat(get("/metrics").body()).contains("tempo_request_duration_seconds_bucket{");
  }

  @Test
  void errorsArePlainText() throws Exception {
    HttpResponse<String> unknown =
        send(HttpRequest.newBuilder().header("Accept", "text/html"), "/status/config");
    HttpResponse<String> down =
        send(HttpRequest.newBuilder().header("Accept", "text/html"), "/flush");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("404 page not found\n");
    assertThat(down.statusCode()).isEqualTo(502);
    assertThat(down.body()).isEqualTo("upstream ingester: connection refused\n");
    assertThat(down.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  @Test
  void streamsOfGrpcPass() {
    byte[] request = new byte[2 << 20];
    Iterator<byte[]> answers =
        ClientCalls.blockingServerStreamingCall(channel, SEARCH, CallOptions.DEFAULT, request);
    int count = 0;
    while (answers.hasNext()) {
      assertThat(answers.next()).hasSize(request.length);
      count++;
    }

    assertThat(count).isEqualTo(3);
  }

  @Test
  void errorsOfGrpcPass() {
    assertThatThrownBy(() ->
            ClientCalls.blockingServerStreamingCall(
                    channel, SEARCH, CallOptions.DEFAULT, new byte[0])
                .hasNext())
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("RESOURCE_EXHAUSTED: too much");
  }

  @Test
  void missingUpstreamsAndServicesAreGrpcStatuses() throws IOException {
    assertThat(status("tempopb.Pusher/PushBytesV2").getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(status("opentelemetry.proto.collector.trace.v1.TraceService/Export"))
        .extracting(Status::getCode, Status::getDescription)
        .containsExactly(
            Status.Code.UNAVAILABLE, "upstream distributor_otlp_grpc: connection refused");
  }

  private Status status(String method) {
    try {
      byte[] _ =
          ClientCalls.blockingUnaryCall(
              channel,
              RawBytes.method(method, MethodType.UNARY),
              CallOptions.DEFAULT,
              new byte[] {1});
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }
}
