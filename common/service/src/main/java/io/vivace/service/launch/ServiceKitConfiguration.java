package io.vivace.service.launch;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vivace.service.config.ConfigException;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalChannels;
import io.vivace.service.grpc.InternalGrpcService;
import io.vivace.service.grpc.InternalServers;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.metrics.Metrics;
import io.vivace.service.metrics.RequestMetrics;
import io.vivace.service.overrides.FileOverrides;
import io.vivace.service.tenant.TenantServerInterceptor;
import io.vivace.service.tenant.Tenants;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans that every service finds: configuration ([TempoConfig], a bean by the launcher),
/// [Tenants], limits, [Readiness], a [Clock], and gRPC between the services.
@Configuration(proxyBeanMethods = false)
public class ServiceKitConfiguration {
  private final String localName = "vivace-" + UUID.randomUUID();

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Readiness readiness() {
    return new Readiness();
  }

  @Bean
  PrometheusRegistry prometheusRegistry() {
    return new PrometheusRegistry();
  }

  /// Micrometer's registry, for modules whose names fit its rules; it writes into the same
  /// `/metrics`.
  @Bean(destroyMethod = "close")
  PrometheusMeterRegistry meterRegistry(PrometheusRegistry registry) {
    return new PrometheusMeterRegistry(
        PrometheusConfig.DEFAULT, registry, io.micrometer.core.instrument.Clock.SYSTEM);
  }

  @Bean
  Metrics metrics(PrometheusRegistry registry) {
    return new Metrics(registry);
  }

  @Bean
  Tenants tenants(TempoConfig config) {
    return new Tenants(config.multitenancyEnabled() || config.authEnabled());
  }

  /// Starts a virtual thread for every call.
  @Bean(destroyMethod = "close")
  ExecutorService callExecutor() {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory());
  }

  @Bean
  FileOverrides overrides(TempoConfig config, LaunchOptions options) throws ConfigException {
    String file = config.overrides().perTenantOverrideConfig();
    FileOverrides overrides =
        new FileOverrides(
            config.overrides().defaults(),
            file.isEmpty() ? null : Path.of(file),
            config.overrides().inheritDefaults(),
            options.expandEnvironment() ? System::getenv : null);
    overrides.load();
    return overrides;
  }

  @Bean
  ModuleStates moduleStates(LaunchOptions options, Readiness readiness, InternalServers servers) {
    readiness.onChange(() -> servers.healthy(readiness));
    return new ModuleStates(options.target(), readiness);
  }

  @Bean
  OverridesWatch overridesWatch(FileOverrides overrides, TempoConfig config, Metrics metrics) {
    return new OverridesWatch(overrides, config.overrides().perTenantOverridePeriod(), metrics);
  }

  @Bean
  InternalServers internalServers(
      TempoConfig config,
      ObjectProvider<InternalGrpcService> services,
      Tenants tenants,
      RequestMetrics requestMetrics,
      ExecutorService callExecutor) {
    List<InternalGrpcService> contributed = services.orderedStream().toList();
    return new InternalServers(
        localName,
        config.server(),
        contributed,
        new TenantServerInterceptor(tenants),
        requestMetrics,
        callExecutor);
  }

  @Bean
  InternalChannels internalChannels(TempoConfig config, ExecutorService callExecutor) {
    return new InternalChannels(
        localName,
        localAddresses(config),
        config.ingesterClient().grpcClientConfig(),
        callExecutor);
  }

  private static Set<String> localAddresses(TempoConfig config) {
    int port = config.server().grpcListenPort();
    Set<String> addresses = new LinkedHashSet<>();
    for (String host :
        List.of(
            "127.0.0.1",
            "localhost",
            config.server().grpcListenAddress(),
            config.ingester().lifecycler().address(),
            config.distributor().ring().instanceAddr())) {
      addresses.add(host + ":" + port);
    }
    return addresses;
  }
}
