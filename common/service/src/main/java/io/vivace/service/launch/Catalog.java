package io.vivace.service.launch;

import io.vivace.service.config.TempoConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a launcher can start.
///
/// @param services one configuration class a service
/// @param gateway starts the gateway, or null when this launcher has none
public record Catalog(Map<Target, Class<?>> services, @Nullable GatewayStarter gateway) {

  /// Starts the gateway's own context.
  @FunctionalInterface
  public interface GatewayStarter {
    /// Returns when the port listens. Closing stops it.
    ///
    /// @param alone whether the gateway is the only thing in this process
    AutoCloseable start(TempoConfig config, boolean alone);
  }

  /// A launcher for one service.
  public static Catalog of(Target target, Class<?> service) {
    return new Catalog(Map.of(target, service), null);
  }

  /// The configuration classes of `target`; empty for the gateway and for targets that this
  /// launcher does not have.
  List<Class<?>> classes(Target target) {
    Collection<Class<?>> chosen =
        target == Target.ALL
            ? services.values()
            : services.entrySet().stream()
                .filter(entry -> entry.getKey() == target)
                .<Class<?>>map(Map.Entry::getValue)
                .toList();
    return List.copyOf(chosen);
  }

  /// Whether `target` can be started.
  boolean has(Target target) {
    return switch (target) {
      case ALL -> services.size() > 1;
      case GATEWAY -> gateway != null;
      case DISTRIBUTOR, INGESTER, QUERIER, QUERY_FRONTEND, COMPACTOR ->
          services.containsKey(target);
    };
  }
}
