package io.vivace.gateway;

import io.vivace.service.launch.Catalog;
import io.vivace.service.launch.Launcher;
import java.util.Map;

/// Runs the gateway alone, with the flags and the configuration file of the launcher.
public final class GatewayMain {
  private GatewayMain() {}

  /// Runs until the process is told to stop.
  public static void main(String[] arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "-target=gateway";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Launcher.main(all, new Catalog(Map.of(), Gateway::start));
  }
}
