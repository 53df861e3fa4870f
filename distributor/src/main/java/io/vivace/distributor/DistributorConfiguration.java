package io.vivace.distributor;

import io.grpc.DecompressorRegistry;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.distributor.receiver.DistributorOtlpReceiver;
import io.vivace.distributor.receiver.Endpoint;
import io.vivace.distributor.receiver.GrpcDecompressors;
import io.vivace.distributor.receiver.HttpReceiverServer;
import io.vivace.distributor.receiver.OtlpGrpcService;
import io.vivace.distributor.receiver.OtlpHttpHandler;
import io.vivace.ring.Ring;
import io.vivace.service.config.Limits;
import io.vivace.service.config.ReceiversConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.GrpcServerBean;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.tenant.Tenants;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of the distributor; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class DistributorConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(DistributorConfiguration.class);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int DEFAULT_MESSAGE_MIB = 4;
  private static final int DEFAULT_BODY_BYTES = 20 << 20;
  private static final long DEFAULT_IDLE_MILLIS = 120_000;

  @Bean
  DistributorMetrics distributorMetrics(MeterRegistry registry) {
    return new DistributorMetrics(registry);
  }

  @Bean
  Distributor distributor(
      TempoConfig config,
      Ring ingesterRing,
      InternalChannels channels,
      Overrides overrides,
      DistributorMetrics metrics) {
    warnOfReceivers(config.distributor().receivers());
    Duration timeout = config.ingesterClient().remoteTimeout();
    return new Distributor(
        ingesterRing,
        new GrpcIngesterClient(channels, metrics, timeout),
        tenant -> limits(overrides.limits(tenant).ingestion(), config),
        metrics,
        System::nanoTime,
        timeout,
        new SecureRandom().nextLong());
  }

  private static IngestionLimits limits(Limits.Ingestion limits, TempoConfig config) {
    int maxAttributeBytes = limits.maxAttributeBytes();
    return new IngestionLimits(
        limits.rateLimitBytes(),
        limits.burstSizeBytes(),
        limits.rateStrategy().equals("global"),
        maxAttributeBytes > 0 ? maxAttributeBytes : config.distributor().maxAttributeBytes());
  }

  /// Names the receivers that the configuration asks for and that nobody serves.
  private static void warnOfReceivers(ReceiversConfig receivers) {
    Map<String, Boolean> asked = new LinkedHashMap<>();
    asked.put("jaeger", receivers.jaeger() != null);
    asked.put("zipkin", receivers.zipkin() != null);
    asked.put("opencensus", receivers.opencensus() != null);
    asked.put("kafka", receivers.kafka() != null);
    asked.forEach((name, isAsked) -> {
      if (isAsked) {
        LOG.warn("msg=\"receiver is accepted, not served yet\" key=distributor.receivers.{}", name);
      }
    });
    if (receivers.otlp() == null) {
      LOG.warn(
          "msg=\"no receiver is served: spans cannot come in\" key=distributor.receivers.otlp");
    }
  }

  @Bean
  DistributorOtlpReceiver otlpReceiver(
      Distributor distributor, Tenants tenants, DistributorMetrics metrics) {
    return new DistributorOtlpReceiver(distributor, tenants, metrics);
  }

  @Bean
  @Nullable GrpcServerBean otlpGrpcServer(
      TempoConfig config, DistributorOtlpReceiver receiver, ExecutorService callExecutor) {
    ReceiversConfig.OtlpConfig otlp = config.distributor().receivers().otlp();
    ReceiversConfig.GrpcReceiver grpc = otlp == null ? null : otlp.protocols().grpc();
    if (grpc == null) {
      return null;
    }
    String key = "distributor.receivers.otlp.protocols.grpc.endpoint";
    refuseTls(key, grpc.tls());
    int mib = grpc.maxRecvMsgSizeMib() > 0 ? grpc.maxRecvMsgSizeMib() : DEFAULT_MESSAGE_MIB;
    int bytes = (int) Math.min(Integer.MAX_VALUE - 1, (long) mib << 20);
    return new GrpcServerBean(
        NettyServerBuilder.forAddress(Endpoint.parse(key, grpc.endpoint()))
            .executor(callExecutor)
            .maxInboundMessageSize(bytes)
            .decompressorRegistry(
                GrpcDecompressors.registry(DecompressorRegistry.getDefaultInstance()))
            .addService(new OtlpGrpcService(receiver, bytes).definition())
            .build(),
        key + ": " + grpc.endpoint(),
        Phases.RECEIVERS,
        GRACE);
  }

  @Bean
  @Nullable HttpReceiverServer otlpHttpServer(
      TempoConfig config, DistributorOtlpReceiver receiver, ExecutorService callExecutor) {
    ReceiversConfig.OtlpConfig otlp = config.distributor().receivers().otlp();
    ReceiversConfig.OtlpHttpReceiver http = otlp == null ? null : otlp.protocols().http();
    if (http == null) {
      return null;
    }
    String key = "distributor.receivers.otlp.protocols.http.endpoint";
    ReceiversConfig.HttpReceiver server = http.server();
    refuseTls(key, server.tls());
    long configured = server.maxRequestBodySize();
    int maxBody = configured > 0 ? (int) Math.min(configured, 1 << 30) : DEFAULT_BODY_BYTES;
    String path = http.tracesUrlPath().isEmpty() ? "/v1/traces" : http.tracesUrlPath();
    long idle = server.idleTimeout().toMillis();
    return new HttpReceiverServer(
        Endpoint.parse(key, server.endpoint()),
        key + ": " + server.endpoint(),
        new OtlpHttpHandler(receiver, path, maxBody),
        callExecutor,
        idle > 0 ? idle : DEFAULT_IDLE_MILLIS);
  }

  private static void refuseTls(String key, ReceiversConfig.ReceiverTls tls) {
    if (!tls.certFile().isEmpty() || !tls.certPem().isEmpty()) {
      throw new IllegalArgumentException(
          key + ": tls (expected: none, TLS on receivers is not supported yet)");
    }
  }
}
