package io.vivace.service.http;

import io.vivace.service.config.TempoConfig;
import io.vivace.service.metrics.Metrics;
import io.vivace.service.metrics.RequestMetrics;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// The beans of the HTTP port.
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {
  @Bean
  RequestMetrics requestMetrics(Metrics metrics) {
    return new RequestMetrics(metrics);
  }

  @Bean
  FilterRegistrationBean<RequestMetricsFilter> requestMetricsFilter(
      RequestMetrics metrics, TempoConfig config) {
    FilterRegistrationBean<RequestMetricsFilter> filter =
        new FilterRegistrationBean<>(
            new RequestMetricsFilter(metrics, config.server().logRequestAtInfoLevelEnabled()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    filter.setAsyncSupported(true);
    return filter;
  }

  @Bean
  FilterRegistrationBean<CleanPathFilter> cleanPathFilter() {
    FilterRegistrationBean<CleanPathFilter> filter =
        new FilterRegistrationBean<>(new CleanPathFilter());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    filter.setAsyncSupported(true);
    return filter;
  }

  @Bean
  HandlerExceptionResolver plainErrors() {
    return new PlainErrors();
  }

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> jettySetup(TempoConfig config) {
    JettySetup setup = new JettySetup(config.server().grpcServerMaxConcurrentStreams());
    return factory -> factory.addServerCustomizers(setup);
  }
}
