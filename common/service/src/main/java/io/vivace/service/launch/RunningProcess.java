package io.vivace.service.launch;

import io.vivace.service.config.ConfigLoader;
import io.vivace.service.config.TempoConfig;
import io.vivace.service.grpc.PortUnavailableException;
import io.vivace.service.lifecycle.Readiness;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/// The contexts of a process: one with the services, one with the gateway. The gateway starts last
/// and stops first.
final class RunningProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningProcess.class);

  private final Catalog catalog;
  private final LaunchOptions options;
  private final ConfigLoader.Loaded loaded;
  private final Signals signals;
  private @Nullable ConfigurableApplicationContext services;
  private @Nullable AutoCloseable gateway;

  RunningProcess(
      Catalog catalog, LaunchOptions options, ConfigLoader.Loaded loaded, Signals signals) {
    this.catalog = catalog;
    this.options = options;
    this.loaded = loaded;
    this.signals = signals;
  }

  /// Returns when every port listens.
  void start() {
    TempoConfig config = loaded.config();
    Target target = options.target();
    List<Class<?>> classes = catalog.classes(target);
    if (!classes.isEmpty()) {
      services = ServiceProcess.start(options, loaded, signals, classes);
    }
    if (runsGateway(target, config)) {
      gateway = startGateway(config, classes.isEmpty());
    }
  }

  private boolean runsGateway(Target target, TempoConfig config) {
    return switch (target) {
      case GATEWAY -> true;
      case ALL -> catalog.gateway() != null && config.gateway().httpListenPort() != 0;
      case DISTRIBUTOR, INGESTER, QUERIER, QUERY_FRONTEND, COMPACTOR -> false;
    };
  }

  private @Nullable AutoCloseable startGateway(TempoConfig config, boolean alone) {
    Catalog.GatewayStarter starter = catalog.gateway();
    try {
      return starter == null ? null : starter.start(config, alone);
    } catch (RuntimeException e) {
      if (StartFailures.explain(e) == null) {
        throw e;
      }
      String key = "gateway.http_listen_port: " + config.gateway().httpListenPort();
      throw new PortUnavailableException(key, "another process listens on it", e);
    }
  }

  /// Whether every module runs.
  boolean modulesRun() {
    return services == null
        || services.getBean(Readiness.class).modules().values().stream()
            .allMatch(Readiness.State.RUNNING::equals);
  }

  /// Not ready from now on; load balancers get `shutdown_delay` to notice.
  void prepareStop() {
    LOG.info("stopping");
    if (services != null) {
      services.getBean(Readiness.class).stopping();
    }
    signals.pause(loaded.config().shutdownDelay().toMillis());
  }

  @Override
  public void close() {
    try {
      if (gateway != null) {
        gateway.close();
      }
    } catch (Exception e) {
      LOG.atError().setCause(e).log("the gateway did not stop cleanly");
    } finally {
      if (services != null) {
        services.close();
      }
      LOG.info("stopped");
      signals.stopped();
    }
  }
}
