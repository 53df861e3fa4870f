package io.vivace.gateway;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.metrics.Metrics;
import io.vivace.service.metrics.RequestMetrics;
import io.vivace.service.status.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/// The context of the gateway. It must not take Jetty, which is on the class path for the services
/// and resets gRPC streams when it serves WebFlux.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = {
      "org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
      "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration"
    })
class GatewayApplication {
  @Bean
  RouteLocator routes(TempoConfig config) {
    Upstreams upstreams = new Upstreams(config);
    RouteTable table = new RouteTable(config.httpApiPrefix(), config.gateway().exposeAdmin());
    List<Route> routes =
        table.rules().stream()
            .map(rule ->
                Route.async()
                    .id(rule.name())
                    .uri(upstreams.address(rule.upstream()))
                    .predicate(exchange ->
                        table
                            .find(exchange.getRequest().getURI().getRawPath())
                            .filter(rule::equals)
                            .isPresent())
                    .metadata(UpstreamFilter.RULE, rule)
                    .build())
            .toList();
    return () -> Flux.fromIterable(routes);
  }

  @Bean
  GlobalFilter upstreamFilter() {
    return new UpstreamFilter();
  }

  @Bean
  NettyRoutingFilter routingFilter(
      HttpClient client,
      ObjectProvider<List<HttpHeadersFilter>> headers,
      HttpClientProperties properties) {
    return new ProtocolRoutingFilter(client, headers, properties);
  }

  /// Spring switches it off together with the routing filter that is replaced above.
  @Bean
  NettyWriteResponseFilter writeResponseFilter(
      GatewayProperties properties, ObjectProvider<List<HttpHeadersFilter>> headers) {
    return new NettyWriteResponseFilter(properties.getStreamingMediaTypes(), headers);
  }

  @Bean
  ErrorWebExceptionHandler plainErrors() {
    return new PlainErrors();
  }

  @Bean
  PrometheusRegistry prometheusRegistry() {
    return new PrometheusRegistry();
  }

  @Bean
  BasicAuth basicAuth(TempoConfig config) {
    String file = config.gateway().basicAuth().htpasswdFile();
    return new BasicAuth(file.isEmpty() ? null : new Credentials(Path.of(file)));
  }

  @Bean
  OwnPages ownPages(PrometheusRegistry registry, BasicAuth auth, TempoConfig config) {
    AccessLog log = new AccessLog(config.gateway().accessLog());
    return new OwnPages(
        new MetricsPage(registry), new RequestMetrics(new Metrics(registry)), auth, log);
  }

  @Bean
  WebFilter bodyLimit(TempoConfig config) {
    return new BodyLimit(config.gateway().maxRequestBodyBytes());
  }

  @Bean
  AdminServer adminServer(TempoConfig config, PrometheusRegistry registry) {
    return new AdminServer(config.gateway(), new MetricsPage(registry));
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> rawUris() {
    NettyServerCustomizer customizer =
        server ->
            server
                .httpRequestDecoder(
                    spec -> spec.maxInitialLineLength(1 << 20).maxHeaderSize(1 << 20))
                .doOnChannelInit((observer, channel, address) ->
                    channel
                        .pipeline()
                        .addBefore(
                            NettyPipeline.HttpTrafficHandler, "rawUri", new RawUriHandler()));
    return factory -> factory.addServerCustomizers(customizer);
  }
}
