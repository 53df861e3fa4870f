package io.vivace.ingester;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.ingester.log.AppendLog;
import io.vivace.service.config.IngesterConfig;
import io.vivace.service.config.Limits;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalGrpcService;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.overrides.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The beans of the ingester; imported by the launcher.
@Configuration(proxyBeanMethods = false)
public class IngesterConfiguration {
  private static final long LOG_FILE_BYTES = 64L << 20;
  private static final long MAX_WAITING_BYTES = 128L << 20;

  @Bean(destroyMethod = "")
  AppendLog appendLog(TempoConfig config) throws IOException {
    return new AppendLog(
        logFolder(config),
        !config.storage().trace().wal().fsync().equals("none"),
        LOG_FILE_BYTES,
        MAX_WAITING_BYTES);
  }

  private static Path logFolder(TempoConfig config) {
    return Path.of(config.storage().trace().wal().path(), "log");
  }

  @Bean
  IngesterMetrics ingesterMetrics(ObjectProvider<MeterRegistry> registry) {
    return new IngesterMetrics(registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  LocalBlocks localBlocks() {
    return new UnsupportedLocalBlocks();
  }

  @Bean
  Ingester ingester(
      TempoConfig config,
      AppendLog log,
      LocalBlocks localBlocks,
      Overrides overrides,
      Clock clock) {
    IngesterConfig section = config.ingester();
    return new Ingester(
        logFolder(config),
        new IngesterSettings(
            section.traceIdlePeriod(),
            section.traceLivePeriod(),
            section.maxBlockDuration(),
            section.maxBlockBytes(),
            section.completeBlockTimeout()),
        tenant -> limits(overrides.limits(tenant)),
        log,
        localBlocks,
        clock);
  }

  private static TenantLimits limits(Limits limits) {
    return new TenantLimits(
        limits.ingestion().maxTracesPerUser(), limits.global().maxBytesPerTrace());
  }

  @Bean
  IngesterLifecycle ingesterLifecycle(
      TempoConfig config,
      Ingester ingester,
      AppendLog log,
      IngesterMetrics metrics,
      Readiness readiness) {
    return new IngesterLifecycle(
        ingester,
        log,
        metrics,
        readiness,
        config.ingester().flushCheckPeriod(),
        config.ingester().flushAllOnShutdown());
  }

  @Bean
  InternalGrpcService pusherService(
      Ingester ingester, IngesterLifecycle lifecycle, IngesterMetrics metrics) {
    return new InternalGrpcService(
        new PusherService(ingester, lifecycle::accepting, metrics).bindService());
  }

  @Bean
  InternalGrpcService recentQueryService(Ingester ingester, Overrides overrides) {
    return new InternalGrpcService(new RecentQueryService(ingester, overrides).bindService());
  }

  @Bean
  RouterFunction<ServerResponse> ingesterRoutes(Ingester ingester, IngesterLifecycle lifecycle) {
    return RouterFunctions.route()
        .path(
            "/flush",
            routes -> routes.route(request -> true, request -> flush(request, ingester, lifecycle)))
        .path(
            "/shutdown",
            routes ->
                routes.route(
                    request -> true,
                    request -> {
                      lifecycle.shutdown();
                      return ServerResponse.ok().body("shutdown job acknowledged");
                    }))
        .build();
  }

  private static ServerResponse flush(
      ServerRequest request, Ingester ingester, IngesterLifecycle lifecycle) {
    String tenant = request.param("tenant").orElse("");
    Set<String> known = ingester.tenants().keySet();
    if (!tenant.isEmpty() && !known.contains(tenant)) {
      return ServerResponse.status(HttpStatus.NOT_FOUND).build();
    }
    lifecycle.flush(tenant.isEmpty() ? known : Set.of(tenant));
    return ServerResponse.noContent().build();
  }
}
