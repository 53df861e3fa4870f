package io.vivace.gateway;

import io.vivace.service.config.GatewayConfig;
import io.vivace.service.config.TempoConfig;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// Starts the gateway.
public final class Gateway {
  private static final String PREFIX = "spring.cloud.gateway.server.webflux.";

  private Gateway() {}

  /// Returns when the port listens. Closing the context stops it.
  ///
  /// @param alone whether nothing else runs in this process; then every upstream has to be
  ///   configured
  /// @throws IllegalArgumentException for an upstream that is missing or not `host:port`
  public static ConfigurableApplicationContext start(TempoConfig config, boolean alone) {
    if (alone) {
      requireUpstreams(config.gateway().upstreams());
    }
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    application.setWebApplicationType(WebApplicationType.REACTIVE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(properties(config.gateway()));
    application.addInitializers(context ->
        ((GenericApplicationContext) context).registerBean(TempoConfig.class, () -> config));
    return application.run();
  }

  private static void requireUpstreams(GatewayConfig.Upstreams upstreams) {
    Map<String, String> needed =
        Map.of(
            "distributor", upstreams.distributor(),
            "ingester", upstreams.ingester(),
            "query_frontend", upstreams.queryFrontend(),
            "compactor", upstreams.compactor());
    needed.forEach((key, value) -> {
      if (value.isEmpty()) {
        throw new IllegalArgumentException(
            "gateway.upstreams." + key + ": (expected: host:port of the service)");
      }
    });
  }

  private static Map<String, Object> properties(GatewayConfig config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", config.httpListenPort());
    if (!config.httpListenAddress().isEmpty()) {
      properties.put("server.address", config.httpListenAddress());
    }
    properties.put("server.http2.enabled", true);
    properties.put("server.shutdown", "graceful");
    properties.put("spring.grpc.server.enabled", false);
    properties.put("spring.jmx.enabled", false);
    properties.put("spring.cloud.refresh.enabled", false);
    properties.put(PREFIX + "x-forwarded.enabled", false);
    properties.put(PREFIX + "forwarded.enabled", false);
    properties.put(PREFIX + "global-filter.netty-routing.enabled", false);
    properties.put(PREFIX + "global-filter.route-to-request-url.enabled", false);
    properties.put(PREFIX + "httpclient.response-timeout", config.readTimeout().toMillis() + "ms");
    properties.put(PREFIX + "httpclient.max-header-size", "1MB");
    properties.put(PREFIX + "httpclient.max-initial-line-length", "1MB");
    return properties;
  }
}
