package io.vivace.all;

import io.vivace.compactor.CompactorConfiguration;
import io.vivace.distributor.DistributorConfiguration;
import io.vivace.frontend.FrontendConfiguration;
import io.vivace.gateway.Gateway;
import io.vivace.ingester.IngesterConfiguration;
import io.vivace.querier.QuerierConfiguration;
import io.vivace.service.launch.Catalog;
import io.vivace.service.launch.Launcher;
import io.vivace.service.launch.Target;
import java.util.Map;

/// Starts one service, or all of them in one process, with the flags of Tempo.
public final class Vivace {
  private Vivace() {}

  /// Everything that can be started.
  public static Catalog catalog() {
    return new Catalog(
        Map.of(
            Target.DISTRIBUTOR, DistributorConfiguration.class,
            Target.INGESTER, IngesterConfiguration.class,
            Target.QUERIER, QuerierConfiguration.class,
            Target.QUERY_FRONTEND, FrontendConfiguration.class,
            Target.COMPACTOR, CompactorConfiguration.class),
        Gateway::start);
  }

  /// Runs until the process is told to stop.
  public static void main(String[] arguments) {
    Launcher.main(arguments, catalog());
  }
}
