package io.vivace.distributor.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverFiles;
import io.vivace.distributor.receiver.ReceiverLedger;
import io.vivace.distributor.receiver.ReceiverLedger.Payload;
import io.vivace.distributor.receiver.Receivers;
import io.vivace.service.config.ReceiversConfig.OtlpConfig;
import io.vivace.service.grpc.GrpcServerBean;
import io.vivace.service.grpc.RawBytes;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.SmartLifecycle;

/// Every span that comes over OTLP is stored or counted.
@Timeout(300)
class OtlpLedgerTest {
  private static final String RECEIVER = "otlp/otlp_receiver";
  private static final String EXPORT = "opentelemetry.proto.collector.trace.v1.TraceService/Export";
  private static final int SPANS = 5;
  private static final byte[] REQUEST =
      ExportTraceServiceRequest.newBuilder()
          .addAllResourceSpans(
              Traces.trace(TraceId.ofHex("0a"), "shop", SPANS, 1).getResourceSpansList())
          .build()
          .toByteArray();
  private static final byte[] DAMAGED = {0x0a, 0x7f};

  private Receivers receivers = new Receivers(List.of());

  @AfterEach
  void stop() {
    receivers.stop();
  }

  @Test
  void storesOrCountsEverySpanOverGrpc() throws Exception {
    ReceiverLedger ledger = new ReceiverLedger(Long.MAX_VALUE);
    GrpcServerBean server = (GrpcServerBean) start(ledger, "grpc: {endpoint: '127.0.0.1:0'}");
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      ledger.check(RECEIVER, "grpc", SPANS, payload -> export(channel, payload));
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void storesOrCountsEverySpanOverHttp() throws Exception {
    ReceiverLedger ledger = new ReceiverLedger(Long.MAX_VALUE);
    HttpReceiverServer server =
        (HttpReceiverServer) start(ledger, "http: {endpoint: '127.0.0.1:0'}");
    try (HttpClient client = HttpClient.newHttpClient()) {
      ledger.check(
          RECEIVER,
          "http",
          SPANS,
          payload -> assertThat(post(client, server, payload)).isNotZero());
    }
  }

  @Test
  void refusesWhatDoesNotFitBesideTheRequestsUnderWayAndCountsIt() throws Exception {
    ReceiverLedger ledger = new ReceiverLedger(REQUEST.length - 1);
    HttpReceiverServer server =
        (HttpReceiverServer) start(ledger, "http: {endpoint: '127.0.0.1:0'}");
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(post(client, server, Payload.SPANS)).isEqualTo(503);
    }
    assertThat(ledger.stored()).isZero();
    assertThat(ledger.count("tempo_receiver_refused_spans", RECEIVER, "http")).isEqualTo(SPANS);
  }

  @Test
  void takesWhatJustFitsAgainAndAgain() throws Exception {
    ReceiverLedger ledger = new ReceiverLedger(REQUEST.length);
    HttpReceiverServer server =
        (HttpReceiverServer) start(ledger, "http: {endpoint: '127.0.0.1:0'}");
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(post(client, server, Payload.SPANS)).isEqualTo(200);
      assertThat(post(client, server, Payload.SPANS)).isEqualTo(200);
      assertThat(post(client, server, Payload.SPANS)).as("the ingester is gone").isEqualTo(503);
    }
    assertThat(ledger.stored()).isEqualTo(2 * SPANS);
  }

  @Test
  void countsMessagesThatGrpcItselfFindsTooLarge() throws Exception {
    ReceiverLedger ledger = new ReceiverLedger(Long.MAX_VALUE);
    GrpcServerBean server =
        (GrpcServerBean) start(ledger, "grpc: {endpoint: '127.0.0.1:0', max_recv_msg_size_mib: 1}");
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      call(channel, new byte[2 << 20]);
    } finally {
      channel.shutdownNow();
    }
    receivers.stop();
    assertThat(ledger.count("tempo_receiver_decode_failures", RECEIVER, "grpc")).isOne();
  }

  private SmartLifecycle start(ReceiverLedger ledger, String protocols) {
    OtlpConfig config =
        Objects.requireNonNull(
            ReceiverFiles.receivers("otlp: {protocols: {" + protocols + "}}").otlp().get("otlp"));
    List<SmartLifecycle> servers = OtlpReceivers.servers("otlp", config, ledger.context());
    receivers = new Receivers(servers);
    receivers.start();
    return servers.getFirst();
  }

  private static void export(Channel channel, Payload payload) {
    Metadata headers = new Metadata();
    if (payload != Payload.SPANS_WITHOUT_TENANT) {
      headers.put(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER), "t1");
    }
    call(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
        payload == Payload.DAMAGED ? DAMAGED : REQUEST);
  }

  private static void call(Channel channel, byte[] body) {
    try {
      byte[] _ =
          ClientCalls.blockingUnaryCall(
              channel, RawBytes.method(EXPORT, MethodType.UNARY), CallOptions.DEFAULT, body);
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().isOk()).isFalse();
    }
  }

  private static int post(HttpClient client, HttpReceiverServer server, Payload payload)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    payload == Payload.DAMAGED ? DAMAGED : REQUEST));
    if (payload != Payload.SPANS_WITHOUT_TENANT) {
      request.header("X-Scope-OrgID", "t1");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }
}
