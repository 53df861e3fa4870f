package io.vivace.distributor.receiver.zipkin;

import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.service.config.ReceiversConfig.ZipkinConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/// The server of a Zipkin receiver.
public final class ZipkinReceivers {
  private ZipkinReceivers() {}

  /// One HTTP server.
  ///
  /// @param key configuration key, `distributor.receivers.zipkin`
  public static List<SmartLifecycle> servers(
      String key, ZipkinConfig config, ReceiverContext context) {
    InstantSource clock = InstantSource.system();
    ZipkinHttpHandler handler =
        new ZipkinHttpHandler(
            context.consumers(),
            new ZipkinOptions(config.parseStringTags(), config.lossless()),
            HttpReceiverServer.maxBodyBytes(config.server()),
            () -> nanos(clock.instant()));
    return List.of(HttpReceiverServer.create(key, config.server(), context, handler));
  }

  private static long nanos(Instant now) {
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }
}
