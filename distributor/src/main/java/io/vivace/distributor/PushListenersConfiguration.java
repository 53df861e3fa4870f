package io.vivace.distributor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vivace.distributor.forwarder.Forwarders;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.log.RateLimitedLog;
import io.vivace.service.overrides.Overrides;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What looks at requests on their way through the distributor.
@Configuration(proxyBeanMethods = false)
public class PushListenersConfiguration {
  private static final int LINES_PER_SECOND = 10;

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

  static RateLimitedLog log(MeterRegistry registry, int linesPerSecond) {
    Counter dropped = Counter.builder("tempo_dropped_log_lines").register(registry);
    return new RateLimitedLog(System::nanoTime, linesPerSecond, dropped::increment);
  }
}
