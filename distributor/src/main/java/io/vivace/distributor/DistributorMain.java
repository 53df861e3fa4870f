package io.vivace.distributor;

import io.vivace.service.launch.Launcher;
import io.vivace.service.launch.Target;

/// Runs the distributor alone, with the flags and the configuration file of the launcher.
public final class DistributorMain {
  private DistributorMain() {}

  /// Runs until the process is told to stop.
  public static void main(String[] arguments) {
    Launcher.main(arguments, Target.DISTRIBUTOR, DistributorConfiguration.class);
  }
}
