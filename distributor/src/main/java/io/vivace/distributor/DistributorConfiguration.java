package io.vivace.distributor;

import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.distributor.receiver.DistributorConsumers;
import io.vivace.distributor.receiver.ReceiverContext;
import io.vivace.distributor.receiver.Receivers;
import io.vivace.distributor.receiver.jaeger.JaegerReceivers;
import io.vivace.distributor.receiver.kafka.KafkaReceivers;
import io.vivace.distributor.receiver.opencensus.OpenCensusReceivers;
import io.vivace.distributor.receiver.otlp.OtlpReceivers;
import io.vivace.distributor.receiver.zipkin.ZipkinReceivers;
import io.vivace.ring.Operation;
import io.vivace.ring.Ring;
import io.vivace.service.config.ReceiversConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.tenant.Tenants;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The beans of the distributor; imported by the launcher.
@Configuration(proxyBeanMethods = false)
@Import(PushListenersConfiguration.class)
public class DistributorConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(DistributorConfiguration.class);
  private static final Duration GRACE = Duration.ofSeconds(30);

  /// A quarter of the heap: a request is in memory about twice while it is under way.
  private static final long MAX_IN_FLIGHT_BYTES = Runtime.getRuntime().maxMemory() / 4;

  /// The part of the heap that pushes under way to one ingester may hold.
  private static final long UNDER_WAY_PART = 8;

  private static final String KEY = "distributor.receivers.";

  @Bean
  DistributorMetrics distributorMetrics(MeterRegistry registry) {
    return new DistributorMetrics(registry);
  }

  @Bean
  Distributor distributor(
      TempoConfig config,
      Ring ingesterRing,
      Ring distributorRing,
      InternalChannels channels,
      Overrides overrides,
      ObjectProvider<PushListener> listeners,
      DistributorMetrics metrics) {
    Duration timeout = config.ingesterClient().remoteTimeout();
    return new Distributor(
        ingesterRing,
        config.distributor().extendWrites() ? Operation.WRITE : Operation.WRITE_NO_EXTEND,
        new GuardedIngesterClient(
            new GrpcIngesterClient(channels, metrics, timeout),
            Runtime.getRuntime().maxMemory() / UNDER_WAY_PART,
            System::nanoTime),
        new TenantIngestionLimits(
            overrides,
            config.distributor(),
            config.overrides().defaults().ingestion().rateStrategy().equals("global"),
            distributorRing),
        metrics,
        System::nanoTime,
        timeout,
        new ArtificialDelay(
            System::nanoTime,
            TimeUnit.NANOSECONDS::sleep,
            () -> ThreadLocalRandom.current().nextLong()),
        listeners.orderedStream().toList(),
        new SecureRandom().nextLong());
  }

  @Bean
  Receivers receivers(
      TempoConfig config,
      Distributor distributor,
      Tenants tenants,
      DistributorMetrics metrics,
      MeterRegistry registry,
      ExecutorService callExecutor) {
    ReceiverContext context =
        new ReceiverContext(
            new DistributorConsumers(
                distributor, tenants, metrics, new ByteBudget(MAX_IN_FLIGHT_BYTES)),
            callExecutor,
            registry,
            config.distributor().udpTenant(),
            GRACE);
    ReceiversConfig receivers = config.distributor().receivers();
    List<SmartLifecycle> servers = new ArrayList<>();
    receivers
        .otlp()
        .forEach((name, otlp) -> servers.addAll(OtlpReceivers.servers(KEY + name, otlp, context)));
    receivers
        .zipkin()
        .forEach(
            (name, zipkin) -> servers.addAll(ZipkinReceivers.servers(KEY + name, zipkin, context)));
    receivers
        .jaeger()
        .forEach(
            (name, jaeger) -> servers.addAll(JaegerReceivers.servers(KEY + name, jaeger, context)));
    receivers
        .opencensus()
        .forEach((name, opencensus) ->
            servers.addAll(OpenCensusReceivers.servers(KEY + name, opencensus, context)));
    receivers
        .kafka()
        .forEach(
            (name, kafka) -> servers.addAll(KafkaReceivers.servers(KEY + name, kafka, context)));
    warn(receivers);
    return new Receivers(servers);
  }

  /// Warns when nothing can come in.
  private static void warn(ReceiversConfig receivers) {
    if (receivers.none()) {
      LOG.warn("msg=\"no receiver is served: spans cannot come in\" key=distributor.receivers");
    }
  }
}
