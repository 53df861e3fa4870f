package io.vivace.distributor.receiver.jaeger;

import io.grpc.ServerServiceDefinition;
import io.micrometer.core.instrument.Counter;
import io.vivace.distributor.receiver.Endpoint;
import io.vivace.distributor.receiver.GrpcReceiverServer;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.distributor.receiver.jaeger.sampling.RemoteSampling;
import io.vivace.distributor.receiver.jaeger.sampling.SamplingGrpcService;
import io.vivace.distributor.receiver.jaeger.sampling.SamplingHttpHandler;
import io.vivace.service.config.ReceiversConfig.GrpcReceiver;
import io.vivace.service.config.ReceiversConfig.HttpReceiver;
import io.vivace.service.config.ReceiversConfig.JaegerConfig;
import io.vivace.service.config.ReceiversConfig.JaegerProtocols;
import io.vivace.service.config.ReceiversConfig.RemoteSamplingConfig;
import io.vivace.service.config.ReceiversConfig.UdpReceiver;
import io.vivace.service.log.RateLimitedLog;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// The servers of a Jaeger receiver.
public final class JaegerReceivers {
  private static final String RECEIVER = "jaeger/jaeger_receiver";
  private static final int LOG_LINES_PER_SECOND = 10;

  private final String key;
  private final ReceiverContext context;
  private final @Nullable RemoteSampling sampling;
  private final List<SmartLifecycle> servers = new ArrayList<>();

  private JaegerReceivers(String key, ReceiverContext context, @Nullable RemoteSampling sampling) {
    this.key = key;
    this.context = context;
    this.sampling = sampling;
  }

  /// One server for each transport that `config` has, and one for remote sampling when that has a
  /// port of its own.
  ///
  /// @param key configuration key, `distributor.receivers.jaeger`
  public static List<SmartLifecycle> servers(
      String key, JaegerConfig config, ReceiverContext context) {
    RemoteSamplingConfig remote = config.remoteSampling();
    String remoteKey = key + ".remote_sampling";
    RemoteSampling sampling =
        remote == null ? null : RemoteSampling.open(remoteKey, remote, System::nanoTime);
    JaegerReceivers receivers = new JaegerReceivers(key + ".protocols.", context, sampling);
    receivers.protocols(config.protocols());
    if (remote != null && sampling != null && !remote.hostEndpoint().isEmpty()) {
      receivers.samplingPort(remoteKey, remote.hostEndpoint(), sampling);
    }
    return receivers.servers;
  }

  private void protocols(JaegerProtocols protocols) {
    if (protocols.grpc() != null) {
      grpc(protocols.grpc());
    }
    if (protocols.thriftHttp() != null) {
      http(protocols.thriftHttp());
    }
    if (protocols.thriftCompact() != null) {
      udp("thrift_compact", protocols.thriftCompact(), ThriftProtocols::compact);
    }
    if (protocols.thriftBinary() != null) {
      udp("thrift_binary", protocols.thriftBinary(), ThriftProtocols::binary);
    }
  }

  private void grpc(GrpcReceiver config) {
    TracesConsumer consumer = context.consumers().consumer(RECEIVER, "grpc");
    int maxBytes = GrpcReceiverServer.maxMessageBytes(config);
    List<ServerServiceDefinition> services = new ArrayList<>();
    services.add(new JaegerGrpcService(consumer, maxBytes).definition());
    if (sampling != null) {
      services.add(new SamplingGrpcService(sampling).definition());
    }
    servers.add(
        GrpcReceiverServer.create(
            key + "grpc",
            config,
            context,
            consumer,
            services.toArray(ServerServiceDefinition[]::new)));
  }

  private void http(HttpReceiver config) {
    TracesConsumer consumer = context.consumers().consumer(RECEIVER, "collector_http");
    Handler batches = new JaegerHttpHandler(consumer, HttpReceiverServer.maxBodyBytes(config));
    Handler handler =
        sampling == null
            ? batches
            : new Handler.Sequence(new SamplingHttpHandler(sampling), batches);
    servers.add(HttpReceiverServer.create(key + "thrift_http", config, context, handler));
  }

  private void samplingPort(String remoteKey, String endpoint, RemoteSampling strategies) {
    Endpoint.parse(remoteKey + ".host_endpoint", endpoint);
    servers.add(
        HttpReceiverServer.create(
            remoteKey, HttpReceiver.plain(endpoint), context, new SamplingHttpHandler(strategies)));
  }

  private void udp(String protocol, UdpReceiver config, AgentMessage.Protocol reader) {
    String transport = "udp_" + protocol;
    TracesConsumer consumer = context.consumers().consumer(RECEIVER, transport);
    UdpCounters counters = new UdpCounters(context.registry(), RECEIVER, transport);
    Counter droppedLines = Counter.builder("tempo_dropped_log_lines").register(context.registry());
    RateLimitedLog log =
        new RateLimitedLog(System::nanoTime, LOG_LINES_PER_SECOND, droppedLines::increment);
    DatagramStore store = new DatagramStore(reader, consumer, context.udpTenant(), counters, log);
    DatagramQueue queue =
        new DatagramQueue(
            positive(protocol, "queue_size", config.queueSize()),
            positive(protocol, "workers", config.workers()),
            context.executor(),
            store::store,
            counters);
    positive(protocol, "max_packet_size", config.maxPacketSize());
    String portKey = key + protocol;
    servers.add(
        new UdpReceiverServer(
            portKey,
            Endpoint.parse(portKey + ".endpoint", config.endpoint()),
            config,
            consumer,
            queue,
            counters,
            context.grace()));
  }

  private int positive(String protocol, String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s%s.%s: %d (expected: at least 1)".formatted(key, protocol, setting, value));
    }
    return value;
  }
}
