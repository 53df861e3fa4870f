package io.vivace.compactor;

import io.vivace.service.launch.Launcher;
import io.vivace.service.launch.Target;

/// Runs the compactor alone, with the flags and the configuration file of the launcher.
public final class CompactorMain {
  private CompactorMain() {}

  /// Runs until the process is told to stop.
  public static void main(String[] arguments) {
    Launcher.main(arguments, Target.COMPACTOR, CompactorConfiguration.class);
  }
}
