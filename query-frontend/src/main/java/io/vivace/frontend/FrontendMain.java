package io.vivace.frontend;

import io.vivace.service.launch.Launcher;
import io.vivace.service.launch.Target;

/// Runs the query-frontend alone, with the flags and the configuration file of the launcher.
public final class FrontendMain {
  private FrontendMain() {}

  /// Runs until the process is told to stop.
  public static void main(String[] arguments) {
    Launcher.main(arguments, Target.QUERY_FRONTEND, FrontendConfiguration.class);
  }
}
