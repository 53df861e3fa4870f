package io.vivace.distributor.receiver;

import io.grpc.DecompressorRegistry;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.vivace.service.config.ReceiversConfig.EnforcementPolicy;
import io.vivace.service.config.ReceiversConfig.GrpcReceiver;
import io.vivace.service.config.ReceiversConfig.ServerParameters;
import io.vivace.service.grpc.GrpcServerBean;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.tls.ServerTls;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// gRPC ports that receive spans, with health checks and reflection.
public final class GrpcReceiverServer {
  private static final int DEFAULT_MESSAGE_MIB = 4;

  private GrpcReceiverServer() {}

  /// Largest message of a receiver in bytes, after decompression.
  public static int maxMessageBytes(GrpcReceiver config) {
    int mib = config.maxRecvMsgSizeMib() > 0 ? config.maxRecvMsgSizeMib() : DEFAULT_MESSAGE_MIB;
    return (int) Math.min(Integer.MAX_VALUE - 1, (long) mib << 20);
  }

  /// A server that is not started yet.
  ///
  /// @param key configuration key of the receiver, such as
  ///   `distributor.receivers.otlp.protocols.grpc`
  /// @param consumer counts messages that are refused before a service sees them
  /// @param services what it serves
  public static GrpcServerBean create(
      String key,
      GrpcReceiver config,
      ReceiverContext context,
      TracesConsumer consumer,
      ServerServiceDefinition... services) {
    String endpointKey = key + ".endpoint";
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(Endpoint.parse(endpointKey, config.endpoint()))
            .executor(context.executor())
            .maxInboundMessageSize(maxMessageBytes(config))
            .addStreamTracerFactory(new LargeMessages(consumer))
            .decompressorRegistry(
                GrpcDecompressors.registry(DecompressorRegistry.getDefaultInstance()));
    ServerTls tls = ReceiverSecurity.of(key, config.tls());
    if (tls != null) {
      builder.sslContext(tls.netty());
    }
    connections(builder, config);
    for (ServerServiceDefinition service : services) {
      builder.addService(service);
    }
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus("", ServingStatus.SERVING);
    builder
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance());
    return new GrpcServerBean(
        builder.build(), endpointKey + ": " + config.endpoint(), Phases.RECEIVERS, context.grace());
  }

  private static void connections(NettyServerBuilder builder, GrpcReceiver config) {
    if (config.maxConcurrentStreams() > 0) {
      builder.maxConcurrentCallsPerConnection(config.maxConcurrentStreams());
    }
    ServerParameters server = config.keepalive().serverParameters();
    whenSet(server.maxConnectionIdle(), builder::maxConnectionIdle);
    whenSet(server.maxConnectionAge(), builder::maxConnectionAge);
    whenSet(server.maxConnectionAgeGrace(), builder::maxConnectionAgeGrace);
    whenSet(server.time(), builder::keepAliveTime);
    whenSet(server.timeout(), builder::keepAliveTimeout);
    EnforcementPolicy policy = config.keepalive().enforcementPolicy();
    whenSet(policy.minTime(), builder::permitKeepAliveTime);
    builder.permitKeepAliveWithoutCalls(policy.permitWithoutStream());
  }

  private static void whenSet(Duration value, BiConsumer<Long, TimeUnit> setter) {
    if (!value.isZero()) {
      setter.accept(value.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
