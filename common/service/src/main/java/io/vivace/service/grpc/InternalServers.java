package io.vivace.service.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.vivace.service.config.ServerConfig;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.metrics.RequestMetrics;
import io.vivace.service.tenant.TenantServerInterceptor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// The gRPC servers of a process: one on `server.grpc_listen_port`, one without a socket. Both
/// carry the same services, and the health service.
public final class InternalServers implements SmartLifecycle {
  private final List<GrpcServerBean> servers;
  private final HealthStatusManager health = new HealthStatusManager();

  /// @param localName name of the server in the process, unique in this JVM
  /// @param executor runs the calls; virtual threads
  public InternalServers(
      String localName,
      ServerConfig config,
      List<InternalGrpcService> services,
      TenantServerInterceptor tenants,
      RequestMetrics metrics,
      Executor executor) {
    ServerBuilder<?> network = network(config).executor(executor);
    ServerBuilder<?> local = InProcessServerBuilder.forName(localName).executor(executor);
    BindableService healthService = health.getHealthService();
    for (ServerBuilder<?> builder : List.of(network, local)) {
      services.forEach(service -> builder.addService(service.definition()));
      builder
          .addService(healthService)
          .intercept(tenants)
          .intercept(new RequestMetricsInterceptor(metrics))
          .maxInboundMessageSize(config.grpcServerMaxRecvMsgSize());
    }
    String key = "server.grpc_listen_port: " + config.grpcListenPort();
    this.servers =
        List.of(bean(network.build(), key, config), bean(local.build(), localName, config));
  }

  private static GrpcServerBean bean(Server server, String name, ServerConfig config) {
    return new GrpcServerBean(
        server, name, Phases.INTERNAL_SERVERS, config.gracefulShutdownTimeout());
  }

  private static ServerBuilder<?> network(ServerConfig config) {
    String host = config.grpcListenAddress();
    InetSocketAddress address =
        host.isEmpty()
            ? new InetSocketAddress(config.grpcListenPort())
            : new InetSocketAddress(host, config.grpcListenPort());
    return NettyServerBuilder.forAddress(address)
        .maxConcurrentCallsPerConnection(config.grpcServerMaxConcurrentStreams())
        .keepAliveTime(config.grpcServerKeepaliveTime().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(config.grpcServerKeepaliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(
            config.grpcServerMinTimeBetweenPings().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(config.grpcServerPingWithoutStreamAllowed());
  }

  /// The port of the network server, -1 before the start.
  public int port() {
    return servers.getFirst().port();
  }

  /// Tells health checkers what `readiness` says about the modules.
  public void healthy(Readiness readiness) {
    boolean serving =
        readiness.modules().values().stream().allMatch(Readiness.State.RUNNING::equals);
    health.setStatus("", serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  @Override
  public void start() {
    servers.forEach(GrpcServerBean::start);
  }

  @Override
  public void stop() {
    health.enterTerminalState();
    servers.reversed().forEach(GrpcServerBean::stop);
  }

  @Override
  public boolean isRunning() {
    return servers.getFirst().isRunning();
  }

  @Override
  public int getPhase() {
    return Phases.INTERNAL_SERVERS;
  }
}
