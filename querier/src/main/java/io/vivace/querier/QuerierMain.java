package io.vivace.querier;

import io.vivace.service.launch.Launcher;
import io.vivace.service.launch.Target;

/// Runs the querier alone, with the flags and the configuration file of the launcher.
public final class QuerierMain {
  private QuerierMain() {}

  /// Runs until the process is told to stop.
  public static void main(String[] arguments) {
    Launcher.main(arguments, Target.QUERIER, QuerierConfiguration.class);
  }
}
