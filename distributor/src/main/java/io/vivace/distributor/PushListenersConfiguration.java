package io.vivace.distributor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vivace.distributor.debug.ReceivedSpanCounter;
import io.vivace.distributor.debug.SpanLog;
import io.vivace.distributor.forwarder.Forwarders;
import io.vivace.distributor.usage.UsagePurge;
import io.vivace.distributor.usage.UsageTracker;
import io.vivace.service.config.DistributorConfig.CostAttributionConfig;
import io.vivace.service.config.DistributorConfig.MetricSpansConfig;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.log.RateLimitedLog;
import io.vivace.service.overrides.Overrides;
import io.vivace.service.status.MetricsPage;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/// What looks at requests on their way through the distributor.
@Configuration(proxyBeanMethods = false)
public class PushListenersConfiguration {
  private static final int LINES_PER_SECOND = 10;
  private static final int SPAN_LINES_PER_SECOND = 1000;

  /// How long requests that wait for forwarders may hold up the stop.
  private static final Duration FORWARD_GRACE = Duration.ofSeconds(20);

  /// The part of the heap that requests may take that wait for forwarders.
  private static final long FORWARD_HEAP_PART = 16;

  @Bean
  Forwarders forwarders(TempoConfig config, Overrides overrides, MeterRegistry registry) {
    return new Forwarders(
        config.distributor().forwarders(),
        tenant -> overrides.limits(tenant).forwarders(),
        Runtime.getRuntime().maxMemory() / FORWARD_HEAP_PART,
        registry,
        log(registry, LINES_PER_SECOND),
        FORWARD_GRACE);
  }

  @Bean
  SpanDistances spanDistances(PrometheusRegistry registry, Clock clock) {
    SpanDistances distances = new SpanDistances(clock);
    registry.register(distances);
    return distances;
  }

  @Bean
  SpanLog spanLog(TempoConfig config, MeterRegistry registry) {
    return new SpanLog(
        config.distributor(),
        log(registry, SPAN_LINES_PER_SECOND),
        log(registry, LINES_PER_SECOND));
  }

  /// Spans by name, when somebody asked for them.
  @Bean
  @Nullable ReceivedSpanCounter receivedSpanCounter(TempoConfig config, MeterRegistry registry) {
    MetricSpansConfig section = config.distributor().metricReceivedSpans();
    return section.enabled()
        ? new ReceivedSpanCounter(section, ReceivedSpanCounter.MAX_SERIES, registry)
        : null;
  }

  /// Bytes by attributes, when somebody asked for them.
  @Bean
  @Nullable UsageTracker usageTracker(TempoConfig config, Overrides overrides, Clock clock) {
    CostAttributionConfig section = config.distributor().usage().costAttribution();
    return section.enabled()
        ? new UsageTracker(section, tenant -> overrides.limits(tenant).costAttribution(), clock)
        : null;
  }

  @Bean
  @Nullable UsagePurge usagePurge(ObjectProvider<UsageTracker> tracker) {
    UsageTracker usage = tracker.getIfAvailable();
    return usage == null ? null : new UsagePurge(usage);
  }

  /// Its own page: these series have labels that users choose.
  @Bean
  @Nullable RouterFunction<ServerResponse> usageRoutes(ObjectProvider<UsageTracker> tracker) {
    UsageTracker usage = tracker.getIfAvailable();
    if (usage == null) {
      return null;
    }
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(usage);
    MetricsPage page = new MetricsPage(registry);
    return RouterFunctions.route()
        .route(RequestPredicates.path("/usage_metrics"), page::answer)
        .build();
  }

  static RateLimitedLog log(MeterRegistry registry, int linesPerSecond) {
    Counter dropped = Counter.builder("tempo_dropped_log_lines").register(registry);
    return new RateLimitedLog(System::nanoTime, linesPerSecond, dropped::increment);
  }
}
