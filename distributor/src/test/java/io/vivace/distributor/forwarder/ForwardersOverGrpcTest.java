package io.vivace.distributor.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.DistributorConfig.ForwarderConfig;
import io.vivace.service.log.RateLimitedLog;
import io.vivace.testkit.Certificates;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardersOverGrpcTest {
  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir private Path folder;
  private final List<Server> servers = new ArrayList<>();
  private final byte[] request = Traces.trace(new TraceId(1, 1), "shop", 3, 1).toByteArray();

  @AfterEach
  void stop() {
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void sendsACopyWithTheTenantToEveryEndpoint() throws Exception {
    Backend first = new Backend(Status.OK);
    Backend second = new Backend(Status.OK);
    try (Forwarders forwarders = forwarders(forwarder("", start(first), start(second)), log())) {
      forwarders.stored("one", request);
      for (Backend backend : List.of(first, second)) {
        assertThat(backend.received.poll(1, TimeUnit.MINUTES))
            .isEqualTo(ExportTraceServiceRequest.parseFrom(request));
        assertThat(backend.tenants.poll(1, TimeUnit.MINUTES)).isEqualTo("one");
      }
    }
  }

  @Test
  void leavesOutWhatTheFilterDrops() throws Exception {
    Backend backend = new Backend(Status.OK);
    String filter = "filter: {traces: {span: ['name == \"operation 1\"']}}";
    try (Forwarders forwarders = forwarders(forwarder(filter, start(backend)), log())) {
      forwarders.stored("one", request);
      ExportTraceServiceRequest received = backend.received.poll(1, TimeUnit.MINUTES);
      assertThat(received).isNotNull();
      assertThat(received.getResourceSpans(0).getScopeSpans(0).getSpansCount()).isEqualTo(2);
    }
  }

  @Test
  void sendsToTheOtherEndpointsWhenOneRefusesAndLogsIt() throws Exception {
    Backend bad = new Backend(Status.UNAVAILABLE);
    Backend good = new Backend(Status.OK);
    AtomicInteger lines = new AtomicInteger();
    Forwarders forwarders =
        forwarders(
            forwarder("", start(bad), start(good)),
            new RateLimitedLog(() -> 0, 0, lines::incrementAndGet));
    forwarders.stored("one", request);
    assertThat(good.received.poll(1, TimeUnit.MINUTES)).isNotNull();
    forwarders.close();
    assertThat(lines).hasValue(1);
  }

  @Test
  void recognisesABackendByTheConfiguredAuthority() throws Exception {
    Certificates authority = new Certificates("authority", Instant.now());
    Certificates.Identity identity = authority.issue("backend");
    Backend backend = new Backend(Status.OK);
    int port =
        start(
            backend,
            TlsServerCredentials.create(
                stream(Certificates.pem(identity.certificate())), stream(identity.pkcs8Key())));
    Path trusted =
        Files.writeString(folder.resolve("ca.pem"), Certificates.pem(authority.authority()));
    Certificates strangers = new Certificates("strangers", Instant.now());
    Path wrong =
        Files.writeString(folder.resolve("no.pem"), Certificates.pem(strangers.authority()));
    AtomicInteger lines = new AtomicInteger();
    RateLimitedLog failures = new RateLimitedLog(() -> 0, 0, lines::incrementAndGet);
    for (Path file : List.of(wrong, trusted)) {
      String forwarder = forwarder("", port).replace("insecure: true", "cert_file: '" + file + "'");
      Forwarders forwarders = forwarders(forwarder, failures);
      forwarders.stored("one", request);
      forwarders.close();
      assertThat(lines).hasValue(1);
    }
    assertThat(backend.received).hasSize(1);
  }

  @Test
  void refusesAtTheStartWhatItCannotDo() {
    refuses("{name: a, backend: kafka}", "distributor.forwarders[0].backend: kafka");
    refuses("{backend: otlpgrpc}", "distributor.forwarders[0].name: ");
    refuses("{name: a, backend: otlpgrpc}", "otlpgrpc.endpoints: empty");
    refuses(
        "{name: a, backend: otlpgrpc, otlpgrpc: {endpoints: ['a:1']}}",
        "otlpgrpc.tls.cert_file:  (expected: a PEM file, or insecure: true)");
    refuses(
        "{name: a, backend: otlpgrpc, otlpgrpc: {endpoints: ['a:1'], tls: {insecure: true}},"
            + " filter: {traces: {spanevent: ['IsString(name)']}}}",
        "filter.traces.spanevent[0]: IsString (expected: attributes[");
  }

  private void refuses(String forwarder, String message) {
    assertThatThrownBy(() -> forwarders(forwarder, log()).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static RateLimitedLog log() {
    return new RateLimitedLog(() -> 0, 100, () -> {});
  }

  private static Forwarders forwarders(String yaml, RateLimitedLog log) throws Exception {
    List<ForwarderConfig> configs =
        ConfigLoader.parse("distributor: {forwarders: [" + yaml + "]}", Map.of())
            .config()
            .distributor()
            .forwarders();
    return new Forwarders(
        configs,
        tenant -> List.of("a"),
        1 << 20,
        new SimpleMeterRegistry(),
        log,
        Duration.ofMinutes(1));
  }

  private static String forwarder(String filter, int... ports) {
    StringBuilder endpoints = new StringBuilder();
    for (int port : ports) {
      endpoints.append(endpoints.isEmpty() ? "" : ", ").append("'127.0.0.1:").append(port);
      endpoints.append('\'');
    }
    return "{name: a, backend: otlpgrpc, otlpgrpc: {endpoints: [%s], tls: {insecure: true}}%s}"
        .formatted(endpoints, filter.isEmpty() ? "" : ", " + filter);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private int start(Backend backend) throws IOException {
    return start(backend, InsecureServerCredentials.create());
  }

  private int start(Backend backend, ServerCredentials credentials) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
            .addService(ServerInterceptors.intercept(backend, backend.tenantReader()))
            .build()
            .start();
    servers.add(server);
    return server.getPort();
  }

  private static final class Backend extends TraceServiceGrpc.TraceServiceImplBase {
    private final Status answer;
    private final BlockingQueue<ExportTraceServiceRequest> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> tenants = new LinkedBlockingQueue<>();

    Backend(Status answer) {
      this.answer = answer;
    }

    ServerInterceptor tenantReader() {
      return new ServerInterceptor() {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
          tenants.add(String.valueOf(headers.get(TENANT)));
          return next.startCall(call, headers);
        }
      };
    }

    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> response) {
      received.add(request);
      if (answer.isOk()) {
        response.onNext(ExportTraceServiceResponse.getDefaultInstance());
        response.onCompleted();
      } else {
        response.onError(answer.asRuntimeException());
      }
    }
  }
}
