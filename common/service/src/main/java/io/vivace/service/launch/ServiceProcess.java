package io.vivace.service.launch;

import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.TempoConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// Starts the servlet context of a process with the configuration classes of its services.
public final class ServiceProcess {
  private ServiceProcess() {}

  /// Starts and returns when every port listens. Closing the context stops everything in order.
  ///
  /// @param shutdown what modules call to end the process
  /// @param services one configuration class a service
  public static ConfigurableApplicationContext start(
      LaunchOptions options,
      ConfigLoader.Loaded loaded,
      Shutdown shutdown,
      List<Class<?>> services) {
    TempoConfig config = loaded.config();
    List<Class<?>> sources = new ArrayList<>(services);
    sources.add(ServiceApplication.class);
    SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(properties(config));
    application.addInitializers(context -> {
      GenericApplicationContext beans = (GenericApplicationContext) context;
      beans.registerBean(TempoConfig.class, () -> config);
      beans.registerBean(LaunchOptions.class, () -> options);
      beans.registerBean(Shutdown.class, () -> shutdown);
    });
    return application.run();
  }

  private static Map<String, Object> properties(TempoConfig config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", config.server().httpListenPort());
    if (!config.server().httpListenAddress().isEmpty()) {
      properties.put("server.address", config.server().httpListenAddress());
    }
    properties.put("server.http2.enabled", true);
    properties.put("server.shutdown", "graceful");
    properties.put(
        "spring.lifecycle.timeout-per-shutdown-phase",
        config.server().gracefulShutdownTimeout().toMillis() + "ms");
    properties.put("spring.threads.virtual.enabled", true);
    properties.put("spring.grpc.server.enabled", false);
    properties.put("spring.cloud.gateway.server.webflux.enabled", false);
    properties.put("spring.web.resources.add-mappings", false);
    properties.put("server.max-http-request-header-size", "1MB");
    if (!config.server().httpPathPrefix().isEmpty()) {
      properties.put("server.servlet.context-path", config.server().httpPathPrefix());
    }
    return properties;
  }
}
