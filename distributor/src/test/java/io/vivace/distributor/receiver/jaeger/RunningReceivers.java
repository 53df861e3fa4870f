package io.vivace.distributor.receiver.jaeger;

import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.distributor.receiver.Receivers;
import io.vivace.distributor.receiver.RecordingConsumers;
import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.ReceiversConfig.JaegerConfig;
import io.vivace.service.grpc.GrpcServerBean;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.SmartLifecycle;

/// Jaeger receivers on free ports of the loopback, in front of consumers that remember.
final class RunningReceivers implements AutoCloseable {
  static final String ENDPOINT = "endpoint: '127.0.0.1:0'";

  final RecordingConsumers consumers = new RecordingConsumers();
  final MeterRegistry registry;
  private final List<SmartLifecycle> servers;
  private final Receivers receivers;

  /// @param jaeger the mapping below `jaeger`, in YAML's flow style
  RunningReceivers(String jaeger) throws Exception {
    String yaml = "distributor: {receivers: {jaeger: {%s}}}".formatted(jaeger);
    JaegerConfig config =
        Objects.requireNonNull(
            ConfigLoader.parse(yaml, Map.of())
                .config()
                .distributor()
                .receivers()
                .jaeger()
                .get("jaeger"));
    ReceiverContext context = consumers.context();
    registry = context.registry();
    servers = JaegerReceivers.servers("distributor.receivers.jaeger", config, context);
    receivers = new Receivers(servers);
    receivers.start();
  }

  int grpcPort() {
    return first(GrpcServerBean.class).port();
  }

  int httpPort() {
    return first(HttpReceiverServer.class).port();
  }

  int udpPort() {
    return first(UdpReceiverServer.class).port();
  }

  private <T> T first(Class<T> type) {
    return servers.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  double counter(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  void stop() {
    receivers.stop();
  }

  @Override
  public void close() {
    receivers.stop();
  }
}
