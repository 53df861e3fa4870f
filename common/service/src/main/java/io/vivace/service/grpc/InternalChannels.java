package io.vivace.service.grpc;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.vivace.service.config.GrpcClientConfig;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.tenant.TenantClientInterceptor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// Channels to the gRPC servers of other components. One channel an address and configuration, kept
/// until the stop. Calls to this process itself take no socket.
public final class InternalChannels implements SmartLifecycle {
  /// Address of the server in this process.
  public static final String LOCAL = "local";

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final long RECONNECT_NANOS = Duration.ofSeconds(1).toNanos();

  private final String localName;
  private final Set<String> localAddresses;
  private final GrpcClientConfig defaults;
  private final Executor executor;
  private final Map<Target, ManagedChannel> channels = new ConcurrentHashMap<>();
  private final Map<String, Long> reconnected = new ConcurrentHashMap<>();
  private volatile boolean running;

  private record Target(String address, GrpcClientConfig config) {}

  /// @param localName name of the in-process server
  /// @param localAddresses `host:port` texts that mean this process, besides [#LOCAL]
  /// @param defaults settings of channels that are asked for without any
  /// @param executor runs the callbacks of calls
  public InternalChannels(
      String localName, Set<String> localAddresses, GrpcClientConfig defaults, Executor executor) {
    this.localName = localName;
    this.localAddresses = Set.copyOf(localAddresses);
    this.defaults = defaults;
    this.executor = executor;
  }

  /// The channel to `address` (`host:port`, `dns:///host:port`, or [#LOCAL]) with the settings of
  /// `ingester_client`. Nothing is connected before the first call.
  public Channel channel(String address) {
    return channel(address, defaults);
  }

  /// The channel to `address` with other settings.
  public Channel channel(String address, GrpcClientConfig config) {
    ManagedChannel channel = channels.computeIfAbsent(new Target(address, config), this::open);
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      // who asks has reason to believe that somebody is there: do not wait out a long back-off
      reconnect(address, channel);
    }
    return channel;
  }

  private void reconnect(String address, ManagedChannel channel) {
    long now = System.nanoTime();
    Long last = reconnected.get(address);
    if (last == null || now - last > RECONNECT_NANOS) {
      reconnected.put(address, now);
      channel.resetConnectBackoff();
    }
  }

  /// Whether calls to `address` stay in this process.
  public boolean local(String address) {
    return address.equals(LOCAL) || localAddresses.contains(address);
  }

  private ManagedChannel open(Target target) {
    ManagedChannelBuilder<?> builder =
        local(target.address)
            ? InProcessChannelBuilder.forName(localName)
            : remote(target.address, target.config);
    return builder
        .maxInboundMessageSize(target.config.maxRecvMsgSize())
        .executor(executor)
        .intercept(new TenantClientInterceptor())
        .build();
  }

  private static ManagedChannelBuilder<?> remote(String address, GrpcClientConfig config) {
    if (config.tls().tlsEnabled()) {
      throw new IllegalArgumentException(
          "grpc_client_config.tls_enabled: true (expected: false, TLS between services is not"
              + " supported)");
    }
    return NettyChannelBuilder.forTarget(address).usePlaintext();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    channels.values().forEach(ManagedChannel::shutdown);
    try {
      for (ManagedChannel channel : channels.values()) {
        if (!channel.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
          channel.shutdownNow();
        }
      }
    } catch (InterruptedException e) {
      channels.values().forEach(ManagedChannel::shutdownNow);
      Thread.currentThread().interrupt();
    }
    channels.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.CHANNELS;
  }
}
