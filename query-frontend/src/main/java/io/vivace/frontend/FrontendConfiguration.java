package io.vivace.frontend;

import io.vivace.frontend.http.ApiServlet;
import io.vivace.frontend.http.FrontendLimits;
import io.vivace.frontend.query.BlockCatalog;
import io.vivace.frontend.query.Queries;
import io.vivace.frontend.query.QuerySettings;
import io.vivace.frontend.queue.JobQueue;
import io.vivace.frontend.queue.JobQueueService;
import io.vivace.service.config.QueryFrontendConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.InternalGrpcService;
import io.vivace.service.lifecycle.Readiness;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.storage.StorageConfiguration;
import io.vivace.service.tenant.Tenants;
import io.vivace.storage.BlockList;
import io.vivace.storage.cache.BlockCaches;
import io.vivace.storage.cache.CacheRole;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The beans of the query-frontend; imported by the launcher.
@Configuration(proxyBeanMethods = false)
@Import(StorageConfiguration.class)
public class FrontendConfiguration {
  private static final Duration NO_TIMEOUT = Duration.ofMinutes(10);

  @Bean
  JobQueue jobQueue(TempoConfig config, Readiness readiness) {
    QueryFrontendConfig section = config.queryFrontend();
    JobQueue queue = new JobQueue(section.maxOutstandingPerTenant(), section.maxRetries());
    readiness.check(() ->
        queue.workers() > 0
            ? Optional.empty()
            : Optional.of(
                "Query Frontend not ready: not ready: number of queriers connected to"
                    + " query-frontend is 0"));
    return queue;
  }

  @Bean
  InternalGrpcService jobQueueService(JobQueue queue) {
    return new InternalGrpcService(new JobQueueService(queue).bindService());
  }

  @Bean
  BlockCatalog blockCatalog(BlockList list) {
    return tenant ->
        list.toRead(tenant).stream()
            .map(meta ->
                new BlockCatalog.Entry(
                    meta.blockId().toString(),
                    meta.startTime().getEpochSecond(),
                    meta.endTime().getEpochSecond(),
                    meta.size(),
                    (int) meta.totalRecords()))
            .toList();
  }

  @Bean
  Queries queries(
      TempoConfig config, JobQueue queue, BlockCatalog catalog, BlockCaches caches, Clock clock) {
    QueryFrontendConfig section = config.queryFrontend();
    Duration timeout = section.apiTimeout().isZero() ? NO_TIMEOUT : section.apiTimeout();
    return new Queries(
        queue,
        catalog,
        new QuerySettings(
            section.traceById().queryShards(),
            section.search().concurrentJobs(),
            section.search().targetBytesPerJob(),
            section.search().queryBackendAfter(),
            section.search().queryIngestersUntil(),
            shorter(timeout, config.querier().traceById().queryTimeout()),
            shorter(timeout, config.querier().search().queryTimeout())),
        caches.shared(CacheRole.FRONTEND_SEARCH),
        clock);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Bean
  ServletRegistrationBean<ApiServlet> apiServlet(
      TempoConfig config, Queries queries, Tenants tenants, Overrides overrides) {
    QueryFrontendConfig section = config.queryFrontend();
    QueryFrontendConfig.SearchConfig search = section.search();
    String prefix = prefix(config.httpApiPrefix());
    FrontendLimits limits =
        new FrontendLimits(
            search.defaultResultLimit(),
            search.maxResultLimit(),
            search.maxSpansPerSpanSet(),
            search.maxDuration(),
            section.maxQueryExpressionSizeBytes(),
            section.urlDenyList());
    ServletRegistrationBean<ApiServlet> registration =
        new ServletRegistrationBean<>(
            new ApiServlet(
                queries, limits, tenants, overrides, section.multiTenantQueriesEnabled(), prefix),
            prefix + "/api/traces/*",
            prefix + "/api/v2/*",
            prefix + "/api/search/*",
            prefix + "/api/metrics/*");
    registration.setLoadOnStartup(1);
    return registration;
  }

  private static String prefix(String configured) {
    String stripped = configured.replaceAll("/+$", "");
    return stripped.isEmpty() || stripped.startsWith("/") ? stripped : "/" + stripped;
  }
}
