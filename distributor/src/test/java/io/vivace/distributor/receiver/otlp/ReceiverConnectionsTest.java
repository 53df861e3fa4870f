package io.vivace.distributor.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.Receivers;
import io.vivace.distributor.receiver.RecordingConsumers;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.ReceiversConfig.OtlpConfig;
import io.vivace.service.grpc.GrpcServerBean;
import io.vivace.testkit.Certificates;
import io.vivace.testkit.Certificates.Identity;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.SmartLifecycle;

/// TLS, client certificates, CORS, fixed headers, health and HTTP/2 of the receivers' ports.
class ReceiverConnectionsTest {
  @TempDir Path folder;
  private final Certificates authority = new Certificates("authority", Instant.now());
  private final RecordingConsumers consumers = new RecordingConsumers();
  private @Nullable Receivers receivers;

  @AfterEach
  void stop() {
    if (receivers != null) {
      receivers.stop();
    }
  }

  @Test
  void takesSpansOverTls() throws Exception {
    Identity server = authority.issue("server");
    write("cert.pem", Certificates.pem(server.certificate()));
    write("key.pem", server.pkcs8Key());
    List<SmartLifecycle> servers = start("tls: {cert_file: %1$s/cert.pem, key_file: %1$s/key.pem}");

    assertThat(postOverTls(servers, null)).isEqualTo(200);
    exportOverTls(servers, null);

    assertThat(consumers.received()).hasSize(2);
  }

  @Test
  void readsTheKeyFormOfOlderTools() throws Exception {
    Identity server = authority.issue("server");
    write("cert.pem", Certificates.pem(server.certificate()));
    write("key.pem", server.traditionalKey());

    List<SmartLifecycle> servers = start("tls: {cert_file: %1$s/cert.pem, key_file: %1$s/key.pem}");

    assertThat(postOverTls(servers, null)).isEqualTo(200);
  }

  @Test
  void refusesClientsWithoutACertificateOfTheClientAuthority() throws Exception {
    Identity server = authority.issue("server");
    write("cert.pem", Certificates.pem(server.certificate()));
    write("key.pem", server.pkcs8Key());
    Certificates clients = new Certificates("clients", Instant.now());
    write("clients.pem", Certificates.pem(clients.authority()));
    List<SmartLifecycle> servers =
        start(
            "tls: {cert_file: %1$s/cert.pem, key_file: %1$s/key.pem, client_ca_file:"
                + " %1$s/clients.pem}");

    assertThat(postOverTls(servers, clients.issue("client"))).isEqualTo(200);
    exportOverTls(servers, clients.issue("client"));

    assertThatThrownBy(() -> postOverTls(servers, null)).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> postOverTls(servers, new Certificates("x", Instant.now()).issue("client")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> exportOverTls(servers, null)).hasMessageContaining("UNAVAILABLE");
    assertThat(consumers.received()).hasSize(2);
  }

  @Test
  void readsARenewedCertificateAndKeepsTheOldOneWhenItIsBroken() throws Exception {
    Identity first = authority.issue("first");
    write("cert.pem", Certificates.pem(first.certificate()));
    write("key.pem", first.pkcs8Key());
    List<SmartLifecycle> servers =
        start("tls: {cert_file: %1$s/cert.pem, key_file: %1$s/key.pem, reload_interval: 1ns}");
    assertThat(peer(servers)).isEqualTo("CN=first");

    write("cert.pem", "no certificate");
    assertThat(peer(servers)).isEqualTo("CN=first");

    Identity second = authority.issue("second");
    write("key.pem", second.pkcs8Key());
    write("cert.pem", Certificates.pem(second.certificate()));
    assertThat(peer(servers)).isEqualTo("CN=second");
  }

  @Test
  void refusesAKeyThatIsNotTheCertificates() throws Exception {
    write("cert.pem", Certificates.pem(authority.issue("server").certificate()));
    write("key.pem", authority.issue("other").pkcs8Key());
    assertThatThrownBy(() -> start("tls: {cert_file: %1$s/cert.pem, key_file: %1$s/key.pem}"))
        .hasMessageContaining("key_file: (expected: the key of cert_file)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tls: {cert_file: %1$s/missing.pem, key_file: %1$s/missing.pem}",
        "tls: {cert_pem: x, key_pem: y}",
        "tls: {client_ca_file: %1$s/missing.pem}",
      })
  void namesTheKeyOfACertificateThatCannotBeRead(String tls) {
    assertThatThrownBy(() -> start(tls))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("distributor.receivers.otlp.protocols.grpc.tls: ");
  }

  @Test
  void refusesAnUnknownProtocolVersion() {
    assertThatThrownBy(() -> start("tls: {cert_pem: x, min_version: '1.9'}"))
        .hasMessageContaining("tls.min_version: 1.9 (expected: one of [1.0, 1.1, 1.2, 1.3])");
  }

  @Test
  void answersPreflightsOfAllowedOriginsOnly() throws Exception {
    List<SmartLifecycle> servers =
        start("cors: {allowed_origins: ['https://*.shop.example'], max_age: 60}");

    HttpResponse<String> allowed = preflight(servers, "https://www.shop.example");
    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://www.shop.example");
    assertThat(allowed.headers().firstValue("Access-Control-Max-Age")).hasValue("60");
    assertThat(preflight(servers, "https://evil.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void addsTheConfiguredHeadersToEveryAnswer() throws Exception {
    List<SmartLifecycle> servers = start("response_headers: {x-from: vivace}");
    HttpResponse<String> answer;
    try (HttpClient client = HttpClient.newHttpClient()) {
      answer =
          client.send(push(uri("http", servers)).build(), HttpResponse.BodyHandlers.ofString());
    }
    assertThat(answer.headers().firstValue("x-from")).hasValue("vivace");
  }

  @Test
  void takesHttp2WithoutTls() throws Exception {
    URI uri = uri("http", start(""));
    HttpResponse<String> answer;
    try (HttpClient client = HttpClient.newHttpClient()) {
      // the JDK's client changes to HTTP/2 with a request that has no body
      client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      answer = client.send(push(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  @Test
  void answersHealthChecksOnTheGrpcPort() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", grpcPort(start(""))).usePlaintext().build();
    try {
      assertThat(
              HealthGrpc.newBlockingStub(channel)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    } finally {
      channel.shutdownNow();
    }
  }

  private List<SmartLifecycle> start(String settings) throws Exception {
    boolean http = settings.startsWith("cors") || settings.startsWith("response");
    String common = "{endpoint: '127.0.0.1:0'%s}";
    String more = settings.isEmpty() ? "" : ", " + settings.formatted(folder);
    String yaml =
        "distributor: {receivers: {otlp: {protocols: {grpc: %s, http: %s}}}}"
            .formatted(common.formatted(http ? "" : more), common.formatted(more));
    OtlpConfig config =
        Objects.requireNonNull(
            ConfigLoader.parse(yaml, Map.of())
                .config()
                .distributor()
                .receivers()
                .otlp()
                .get("otlp"));
    List<SmartLifecycle> servers =
        OtlpReceivers.servers("distributor.receivers.otlp", config, consumers.context());
    receivers = new Receivers(servers);
    receivers.start();
    return servers;
  }

  private static int grpcPort(List<SmartLifecycle> servers) {
    return ((GrpcServerBean) servers.getFirst()).port();
  }

  private static URI uri(String scheme, List<SmartLifecycle> servers) {
    int port = ((HttpReceiverServer) servers.getLast()).port();
    return URI.create(scheme + "://127.0.0.1:" + port + "/v1/traces");
  }

  private static ExportTraceServiceRequest request() {
    return ExportTraceServiceRequest.newBuilder()
        .addAllResourceSpans(
            Traces.trace(TraceId.ofHex("0102"), "shop", 1, 1).getResourceSpansList())
        .build();
  }

  private static HttpRequest.Builder push(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/x-protobuf")
        .POST(HttpRequest.BodyPublishers.ofByteArray(request().toByteArray()));
  }

  private static HttpResponse<String> preflight(List<SmartLifecycle> servers, String origin)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri("http", servers))
              .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
              .header("Origin", origin)
              .header("Access-Control-Request-Method", "POST")
              .header("Access-Control-Request-Headers", "content-type")
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private int postOverTls(List<SmartLifecycle> servers, @Nullable Identity client)
      throws Exception {
    return sendOverTls(servers, client).statusCode();
  }

  private String peer(List<SmartLifecycle> servers) throws Exception {
    X509Certificate certificate =
        (X509Certificate)
            sendOverTls(servers, null).sslSession().orElseThrow().getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }

  private HttpResponse<byte[]> sendOverTls(List<SmartLifecycle> servers, @Nullable Identity client)
      throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(context(client)).build()) {
      return http.send(
          push(uri("https", servers)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private void exportOverTls(List<SmartLifecycle> servers, @Nullable Identity client)
      throws Exception {
    io.netty.handler.ssl.SslContextBuilder tls =
        GrpcSslContexts.forClient().trustManager(authority.authority());
    if (client != null) {
      tls.keyManager(client.key(), client.certificate());
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", grpcPort(servers))
            .sslContext(tls.build())
            .build();
    try {
      TraceServiceGrpc.newBlockingStub(channel).export(request());
    } finally {
      channel.shutdownNow();
    }
  }

  private SSLContext context(@Nullable Identity client) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority.authority());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (client != null) {
      X509Certificate[] chain = {client.certificate()};
      own.setKeyEntry("client", client.key(), new char[0], chain);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
