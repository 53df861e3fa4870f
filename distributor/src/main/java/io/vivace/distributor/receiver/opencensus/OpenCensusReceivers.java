package io.vivace.distributor.receiver.opencensus;

import io.grpc.DecompressorRegistry;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.servlet.jakarta.GrpcServlet;
import io.grpc.servlet.jakarta.ServletServerBuilder;
import io.vivace.distributor.receiver.GrpcDecompressors;
import io.vivace.distributor.receiver.GrpcReceiverServer;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.service.config.ReceiversConfig.CorsConfig;
import io.vivace.service.config.ReceiversConfig.GrpcReceiver;
import io.vivace.service.config.ReceiversConfig.HttpReceiver;
import io.vivace.service.config.ReceiversConfig.OpencensusConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.context.SmartLifecycle;

/// The server of an OpenCensus receiver: one port for gRPC over HTTP/2 and for JSON over HTTP.
/// Jetty tells the protocols of a connection apart, the content type those of a request.
public final class OpenCensusReceivers {
  private static final String RECEIVER = "opencensus/opencensus_receiver";

  /// Agents keep a stream open for as long as they live, and may be silent for hours.
  private static final Duration IDLE = Duration.ofDays(1);

  private OpenCensusReceivers() {}

  /// One server.
  ///
  /// @param key configuration key, `distributor.receivers.opencensus`
  public static List<SmartLifecycle> servers(
      String key, OpencensusConfig config, ReceiverContext context) {
    TracesConsumer consumer = context.consumers().consumer(RECEIVER, "grpc");
    int maxBytes = GrpcReceiverServer.maxMessageBytes(config.server());
    Handler grpc = grpc(new OpenCensusGrpcService(consumer, maxBytes), maxBytes, context);
    Handler json = new OpenCensusHttpHandler(consumer, maxBytes);
    HttpReceiver http = http(config.server(), config.corsAllowedOrigins());
    return List.of(HttpReceiverServer.create(key, http, context, new ByContentType(grpc, json)));
  }

  private static Handler grpc(
      OpenCensusGrpcService service, int maxBytes, ReceiverContext context) {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus("", ServingStatus.SERVING);
    ServletServerBuilder builder = new ServletServerBuilder();
    builder
        .maxInboundMessageSize(maxBytes)
        .executor(context.executor())
        .decompressorRegistry(GrpcDecompressors.registry(DecompressorRegistry.getDefaultInstance()))
        .addService(service.definition())
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance());
    GrpcServlet servlet = builder.buildServlet();
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(holder, "/*");
    return handler;
  }

  private static HttpReceiver http(GrpcReceiver config, List<String> origins) {
    Duration idle = config.keepalive().serverParameters().maxConnectionIdle();
    return new HttpReceiver(
        config.endpoint(),
        config.tls(),
        new CorsConfig(origins, List.of(), 0),
        0,
        true,
        Map.of(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        idle.isZero() ? IDLE : idle,
        Map.of());
  }

  /// gRPC to one handler, everything else to another.
  private static final class ByContentType extends Handler.Sequence {
    private final Handler grpc;
    private final Handler json;

    ByContentType(Handler grpc, Handler json) {
      super(grpc, json);
      this.grpc = grpc;
      this.json = json;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
      boolean isGrpc = type != null && type.startsWith("application/grpc");
      return (isGrpc ? grpc : json).handle(request, response, callback);
    }
  }
}
