package io.vivace.ingester;

import io.vivace.service.launch.Launcher;
import io.vivace.service.launch.Target;

/// Runs the ingester alone, with the flags and the configuration file of the launcher.
public final class IngesterMain {
  private IngesterMain() {}

  /// Runs until the process is told to stop.
  public static void main(String[] arguments) {
    Launcher.main(arguments, Target.INGESTER, IngesterConfiguration.class);
  }
}
