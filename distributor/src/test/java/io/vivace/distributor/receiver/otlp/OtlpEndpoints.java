package io.vivace.distributor.receiver.otlp;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.distributor.ArtificialDelay;
import io.vivace.distributor.ByteBudget;
import io.vivace.distributor.Distributor;
import io.vivace.distributor.DistributorMetrics;
import io.vivace.distributor.IngestionLimits;
import io.vivace.distributor.receiver.DistributorConsumers;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.distributor.receiver.Receivers;
import io.vivace.ring.Operation;
import io.vivace.ring.StaticRing;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.ReceiversConfig.OtlpConfig;
import io.vivace.service.grpc.GrpcServerBean;
import io.vivace.service.grpc.RawBytes;
import io.vivace.service.tenant.Tenants;
import io.vivace.wire.tempopb.PushBytesRequest;
import io.vivace.wire.tempopb.PushResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;

/// The OTLP ports of a distributor whose ingesters are in memory, and clients that send any bytes.
final class OtlpEndpoints implements AutoCloseable {
  private static final MethodDescriptor<byte[], byte[]> EXPORT =
      RawBytes.method(
          "opentelemetry.proto.collector.trace.v1.TraceService/Export",
          MethodDescriptor.MethodType.UNARY);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Queue<PushBytesRequest> stored = new ConcurrentLinkedQueue<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Receivers receivers;
  private final URI http;
  private final int grpcPort;

  /// @param limitMib largest request on both ports
  OtlpEndpoints(int limitMib) throws Exception {
    String yaml =
        """
        distributor: {receivers: {otlp: {protocols: {
          grpc: {endpoint: '127.0.0.1:0', max_recv_msg_size_mib: %d},
          http: {endpoint: '127.0.0.1:0', max_request_body_size: %d}}}}}
        """
            .formatted(limitMib, limitMib << 20);
    OtlpConfig config =
        ConfigLoader.parse(yaml, Map.of()).config().distributor().receivers().otlp().get("otlp");
    List<SmartLifecycle> servers =
        OtlpReceivers.servers("otlp", Objects.requireNonNull(config), context());
    receivers = new Receivers(servers);
    receivers.start();
    grpcPort = ((GrpcServerBean) servers.getFirst()).port();
    int httpPort = ((HttpReceiverServer) servers.getLast()).port();
    http = URI.create("http://127.0.0.1:" + httpPort + "/v1/traces");
  }

  private ReceiverContext context() {
    DistributorMetrics metrics = new DistributorMetrics(registry);
    Distributor distributor =
        new Distributor(
            new StaticRing(List.of("a:1"), 1),
            Operation.WRITE,
            (ingester, tenant, request) -> {
              stored.add(request);
              return CompletableFuture.completedFuture(PushResponse.getDefaultInstance());
            },
            tenant -> IngestionLimits.local(1e12, 1L << 40, 2048),
            metrics,
            System::nanoTime,
            Duration.ofSeconds(30),
            new ArtificialDelay(System::nanoTime, nanos -> {}, new SplittableRandom(1)),
            List.of(),
            42);
    return new ReceiverContext(
        new DistributorConsumers(
            distributor, new Tenants(false), metrics, new ByteBudget(Long.MAX_VALUE)),
        executor,
        registry,
        "single-tenant",
        Duration.ofSeconds(5));
  }

  /// Everything that reached the ingester so far; forgets it.
  List<PushBytesRequest> takeStored() {
    List<PushBytesRequest> taken = List.copyOf(stored);
    stored.clear();
    return taken;
  }

  /// Posts a body.
  ///
  /// @param encoding `Content-Encoding`, empty for none
  HttpResponse<String> post(byte[] body, String type, String encoding)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(http)
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Exports a message over gRPC.
  ///
  /// @param body what is sent as the encoded message
  /// @param encoding `grpc-encoding` that it is said to have, empty for none
  Status export(byte[] body, String encoding) {
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    CallOptions options = CallOptions.DEFAULT;
    if (!encoding.isEmpty()) {
      compressors.register(new Prepared(encoding, body));
      options = options.withCompression(encoding);
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", grpcPort)
            .usePlaintext()
            .compressorRegistry(compressors)
            .build();
    try {
      ClientCall<byte[], byte[]> call = channel.newCall(EXPORT, options);
      byte[] _ = ClientCalls.blockingUnaryCall(call, body);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public void close() {
    receivers.stop();
    client.close();
    executor.close();
  }

  /// Writes bytes that were encoded before, whatever it is given.
  private record Prepared(String encoding, byte[] bytes) implements Compressor {
    @Override
    public String getMessageEncoding() {
      return encoding;
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return new FilterOutputStream(out) {
        @Override
        public void write(int value) {}

        @Override
        public void write(byte[] source, int offset, int length) {}

        @Override
        public void close() throws IOException {
          out.write(bytes);
          out.close();
        }
      };
    }
  }
}
