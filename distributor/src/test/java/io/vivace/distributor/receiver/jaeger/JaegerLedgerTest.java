package io.vivace.distributor.receiver.jaeger;

import static io.vivace.distributor.receiver.jaeger.Sample.batch;
import static io.vivace.distributor.receiver.jaeger.Sample.span;
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
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverFiles;
import io.vivace.distributor.receiver.ReceiverLedger;
import io.vivace.distributor.receiver.ReceiverLedger.Payload;
import io.vivace.distributor.receiver.Receivers;
import io.vivace.service.config.ReceiversConfig.JaegerConfig;
import io.vivace.service.grpc.GrpcServerBean;
import io.vivace.service.grpc.RawBytes;
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

/// Every span that comes over Jaeger's gRPC or HTTP is stored or counted.
@Timeout(300)
class JaegerLedgerTest {
  private static final String RECEIVER = "jaeger/jaeger_receiver";
  private static final String POST_SPANS = "jaeger.api_v2.CollectorService/PostSpans";
  private static final Sample.Batch BATCH = batch(span(), span().withId(1, 2, 3));
  private static final int SPANS = 2;
  private static final byte[] DAMAGED = {0x0c, 0x7f};

  private final ReceiverLedger ledger = new ReceiverLedger(Long.MAX_VALUE);
  private Receivers receivers = new Receivers(List.of());

  @AfterEach
  void stop() {
    receivers.stop();
  }

  @Test
  void storesOrCountsEverySpanOverGrpc() throws Exception {
    GrpcServerBean server = (GrpcServerBean) start("grpc");
    byte[] spans = ProtoEncoder.request(BATCH);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      ledger.check(
          RECEIVER,
          "grpc",
          SPANS,
          payload -> postSpans(channel, payload, payload == Payload.DAMAGED ? DAMAGED : spans));
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void storesOrCountsEverySpanOverHttp() throws Exception {
    HttpReceiverServer server = (HttpReceiverServer) start("thrift_http");
    byte[] spans = ThriftEncoder.binary(ThriftEncoder.batch(BATCH));
    try (HttpClient client = HttpClient.newHttpClient()) {
      ledger.check(
          RECEIVER,
          "collector_http",
          SPANS,
          payload ->
              post(client, server.port(), payload, payload == Payload.DAMAGED ? DAMAGED : spans));
    }
  }

  private SmartLifecycle start(String protocol) {
    String yaml = "jaeger: {protocols: {" + protocol + ": {endpoint: '127.0.0.1:0'}}}";
    JaegerConfig config =
        Objects.requireNonNull(ReceiverFiles.receivers(yaml).jaeger().get("jaeger"));
    List<SmartLifecycle> servers = JaegerReceivers.servers("jaeger", config, ledger.context());
    receivers = new Receivers(servers);
    receivers.start();
    return servers.getFirst();
  }

  private static void postSpans(Channel channel, Payload payload, byte[] body) {
    Metadata headers = new Metadata();
    if (payload != Payload.SPANS_WITHOUT_TENANT) {
      headers.put(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER), "t1");
    }
    try {
      byte[] _ =
          ClientCalls.blockingUnaryCall(
              ClientInterceptors.intercept(
                  channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
              RawBytes.method(POST_SPANS, MethodType.UNARY),
              CallOptions.DEFAULT,
              body);
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().isOk()).isFalse();
    }
  }

  private static void post(HttpClient client, int port, Payload payload, byte[] body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/traces"))
            .header("Content-Type", "application/x-thrift")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (payload != Payload.SPANS_WITHOUT_TENANT) {
      request.header("X-Scope-OrgID", "t1");
    }
    HttpResponse<String> _ = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
