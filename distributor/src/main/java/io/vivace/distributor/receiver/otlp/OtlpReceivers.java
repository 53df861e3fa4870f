package io.vivace.distributor.receiver.otlp;

import io.vivace.distributor.receiver.GrpcReceiverServer;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.distributor.receiver.TracesConsumer;
import io.vivace.service.config.ReceiversConfig.GrpcReceiver;
import io.vivace.service.config.ReceiversConfig.OtlpConfig;
import io.vivace.service.config.ReceiversConfig.OtlpHttpReceiver;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/// The servers of an OTLP receiver.
public final class OtlpReceivers {
  private static final String RECEIVER = "otlp/otlp_receiver";

  private OtlpReceivers() {}

  /// One server for each transport that `config` has.
  ///
  /// @param key configuration key, `distributor.receivers.otlp`
  public static List<SmartLifecycle> servers(
      String key, OtlpConfig config, ReceiverContext context) {
    List<SmartLifecycle> servers = new ArrayList<>();
    GrpcReceiver grpc = config.protocols().grpc();
    if (grpc != null) {
      TracesConsumer consumer = context.consumers().consumer(RECEIVER, "grpc");
      int maxBytes = GrpcReceiverServer.maxMessageBytes(grpc);
      servers.add(
          GrpcReceiverServer.create(
              key + ".protocols.grpc",
              grpc,
              context,
              consumer,
              new OtlpGrpcService(consumer, maxBytes).definition()));
    }
    OtlpHttpReceiver http = config.protocols().http();
    if (http != null) {
      TracesConsumer consumer = context.consumers().consumer(RECEIVER, "http");
      String path = http.tracesUrlPath().isEmpty() ? "/v1/traces" : http.tracesUrlPath();
      int maxBytes = HttpReceiverServer.maxBodyBytes(http.server());
      servers.add(
          HttpReceiverServer.create(
              key + ".protocols.http",
              http.server(),
              context,
              new OtlpHttpHandler(consumer, path, maxBytes)));
    }
    return servers;
  }
}
