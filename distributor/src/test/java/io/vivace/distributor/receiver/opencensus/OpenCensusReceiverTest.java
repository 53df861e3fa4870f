package io.vivace.distributor.receiver.opencensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.vivace.distributor.PushException;
import io.vivace.distributor.receiver.DecodeFailure;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.OtlpText;
import io.vivace.distributor.receiver.ReceiverFiles;
import io.vivace.distributor.receiver.RecordingConsumers;
import io.vivace.distributor.receiver.opencensus.proto.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.opencensus.proto.Node;
import io.vivace.distributor.receiver.opencensus.proto.ServiceInfo;
import io.vivace.distributor.receiver.opencensus.proto.Span;
import io.vivace.service.config.ReceiversConfig.OpencensusConfig;
import io.vivace.service.grpc.RawBytes;
import io.vivace.testkit.Certificates;
import io.vivace.testkit.Certificates.Identity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OpenCensusReceiverTest {
  private static final String SERVICE = "opencensus.proto.agent.trace.v1.TraceService";
  private static final byte[] FIRST =
      ExportTraceServiceRequest.newBuilder()
          .setNode(Node.newBuilder().setServiceInfo(ServiceInfo.newBuilder().setName("shop")))
          .addSpans(Span.getDefaultInstance())
          .build()
          .toByteArray();
  private static final byte[] NEXT =
      ExportTraceServiceRequest.newBuilder()
          .addSpans(Span.getDefaultInstance())
          .build()
          .toByteArray();

  private final RecordingConsumers consumers = new RecordingConsumers();
  private final HttpReceiverServer server =
      server(
          "opencensus: {endpoint: '127.0.0.1:0', cors_allowed_origins: ['https://*.example.com']}");
  private final ManagedChannel channel = channel();

  private HttpReceiverServer server(String yaml) {
    OpencensusConfig config = ReceiverFiles.receivers(yaml).opencensus().get("opencensus");
    return (HttpReceiverServer)
        OpenCensusReceivers.servers(
                "distributor.receivers.opencensus",
                Objects.requireNonNull(config),
                consumers.context())
            .getFirst();
  }

  private ManagedChannel channel() {
    server.start();
    return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    server.stop();
  }

  @Test
  void storesEveryMessageOfAStream() throws Exception {
    BlockingClientCall<byte[], byte[]> call = call("Export", channel);
    call.write(FIRST);
    call.write(NEXT);
    call.halfClose();

    assertThat(call.read()).isNull();
    assertThat(consumers.received())
        .hasSize(2)
        .allSatisfy(received -> {
          assertThat(received.transport()).isEqualTo("grpc");
          assertThat(OtlpText.of(received.otlp()))
              .startsWith("resource {service.name='shop'}\nspan ");
        });
  }

  @Test
  void takesAStreamWhoseFirstMessageHasNoNode() throws Exception {
    BlockingClientCall<byte[], byte[]> call = call("Export", channel);
    call.write(NEXT);
    call.halfClose();

    assertThat(call.read()).isNull();
    assertThat(consumers.received()).hasSize(1);
  }

  @Test
  void endsTheStreamWithTheFirstError() throws Exception {
    consumers.refuseWith(
        new PushException(Status.Code.RESOURCE_EXHAUSTED, "slow down", Duration.ofSeconds(2)));
    BlockingClientCall<byte[], byte[]> call = call("Export", channel);
    call.write(FIRST);

    assertThatThrownBy(call::read)
        .isInstanceOf(io.grpc.StatusException.class)
        .hasMessage("RESOURCE_EXHAUSTED: slow down");
    assertThat(consumers.received()).isEmpty();
  }

  @Test
  void countsAndTellsMessagesThatAreNone() throws Exception {
    BlockingClientCall<byte[], byte[]> call = call("Export", channel);
    call.write(new byte[] {0x12, 5});

    assertThatThrownBy(call::read)
        .isInstanceOf(io.grpc.StatusException.class)
        .hasMessageStartingWith("INTERNAL: grpc: error unmarshalling request: ");
    assertThat(consumers.failures()).containsExactly(DecodeFailure.MALFORMED);
  }

  /// Every message is stored or counted as refused: none is lost in between.
  @Test
  void storesOrCountsEveryMessage() throws Exception {
    int sent = 0;
    for (int i = 0; i < 10; i++) {
      BlockingClientCall<byte[], byte[]> call = call("Export", channel);
      call.write(FIRST);
      call.write(NEXT);
      call.write(new byte[] {0x12, 5});
      assertThatThrownBy(call::read).hasMessageStartingWith("INTERNAL: ");
      send(request("/v1/trace").POST(HttpRequest.BodyPublishers.ofString("{}")));
      send(request("/v1/trace").POST(HttpRequest.BodyPublishers.ofString("[1]")));
      sent += 5;
    }

    assertThat(consumers.received()).hasSize(30);
    assertThat(consumers.received().size() + consumers.failures().size()).isEqualTo(sent);
  }

  @Test
  void givesTheTenantOfTheCall() throws Exception {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER), "team-a");
    BlockingClientCall<byte[], byte[]> call =
        call(
            "Export",
            ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(metadata)));
    call.write(FIRST);
    call.halfClose();

    assertThat(call.read()).isNull();
    assertThat(consumers.received().getFirst().tenants()).containsExactly("team-a");
  }

  @Test
  void keepsTheConfigStreamOpenUntilTheAgentEndsIt() throws Exception {
    BlockingClientCall<byte[], byte[]> call = call("Config", channel);
    call.write(new byte[0]);
    call.write(new byte[0]);
    call.halfClose();

    assertThat(call.read()).isNull();
  }

  @Test
  void answersHealthChecks() {
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void storesStreamsOverTls(@TempDir Path folder) throws Exception {
    Certificates authority = new Certificates("authority", InstantSource.system().instant());
    Identity identity = authority.issue("server");
    Files.writeString(folder.resolve("cert.pem"), Certificates.pem(identity.certificate()));
    Files.writeString(folder.resolve("key.pem"), identity.pkcs8Key());
    HttpReceiverServer secret =
        server(
            "opencensus: {endpoint: '127.0.0.1:0', tls: {cert_file: '%1$s/cert.pem', key_file: '%1$s/key.pem'}}"
                .formatted(folder));
    secret.start();
    ManagedChannel overTls =
        NettyChannelBuilder.forAddress("127.0.0.1", secret.port())
            .sslContext(GrpcSslContexts.forClient().trustManager(authority.authority()).build())
            .build();
    try {
      BlockingClientCall<byte[], byte[]> call = call("Export", overTls);
      call.write(FIRST);
      call.halfClose();

      assertThat(call.read()).isNull();
      assertThat(consumers.received()).hasSize(1);
    } finally {
      overTls.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
      secret.stop();
    }
  }

  @Test
  void doesNotKnowOtherMethods() throws Exception {
    assertThatThrownBy(() ->
            ClientCalls.blockingUnaryCall(
                channel,
                RawBytes.method(SERVICE + "/Other", MethodDescriptor.MethodType.UNARY),
                CallOptions.DEFAULT,
                new byte[0]))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("UNIMPLEMENTED");
  }

  @Test
  void takesJsonOnTheSamePort() throws Exception {
    HttpResponse<String> response =
        send(
            request("/v1/trace")
                .header("Grpc-Metadata-X-Scope-OrgID", "team-b")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"node\":{\"serviceInfo\":{\"name\":\"shop\"}}} {\"spans\":[{}]}")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(consumers.received()).hasSize(2);
    assertThat(consumers.received().getLast().tenants()).containsExactly("team-b");
    assertThat(OtlpText.of(consumers.received().getLast().otlp()))
        .startsWith("resource {service.name='shop'}\nspan ");
  }

  @Test
  void tellsErrorsInJson() throws Exception {
    HttpResponse<String> malformed =
        send(request("/v1/trace").POST(HttpRequest.BodyPublishers.ofString("{")));
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.body()).contains("\"code\":3").contains("\"message\":\"json: ");
    assertThat(consumers.failures()).containsExactly(DecodeFailure.MALFORMED);

    consumers.refuseWith(
        new PushException(Status.Code.RESOURCE_EXHAUSTED, "slow down", Duration.ofSeconds(2)));
    HttpResponse<String> refused =
        send(request("/v1/trace").POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");

    assertThat(send(request("/other").GET()).statusCode()).isEqualTo(404);
    assertThat(send(request("/v1/trace").GET()).statusCode()).isEqualTo(405);
    assertThat(send(request("/health").GET()).statusCode()).isEqualTo(200);
  }

  @Test
  void answersWebPagesOfAllowedOrigins() throws Exception {
    HttpResponse<String> response =
        send(
            request("/v1/trace")
                .header("Origin", "https://shop.example.com")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://shop.example.com");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static BlockingClientCall<byte[], byte[]> call(String method, Channel channel) {
    return ClientCalls.blockingBidiStreamingCall(
        channel,
        RawBytes.method(SERVICE + "/" + method, MethodDescriptor.MethodType.BIDI_STREAMING),
        CallOptions.DEFAULT);
  }
}
