package io.vivace.service.launch;

import io.vivace.ring.Instance;
import io.vivace.ring.Ring;
import io.vivace.ring.RingView;
import io.vivace.ring.StaticRing;
import io.vivace.service.config.RingConfig;
import io.vivace.service.config.ServerConfig;
import java.util.Map;

/// The ring of a service whose other members nobody knows of: this process alone.
public final class ProcessRing {
  private ProcessRing() {}

  /// A ring of this process as `section` names it.
  public static Ring of(RingConfig section, ServerConfig server) {
    int port = section.instancePort();
    String host = section.instanceAddr().isEmpty() ? "127.0.0.1" : section.instanceAddr();
    Instance self =
        new Instance(
            section.instanceId(),
            host + ":" + (port == 0 ? server.grpcListenPort() : port),
            "",
            Instance.State.ACTIVE);
    RingView view = RingView.of(Map.of(self, new int[StaticRing.TOKENS]), 1);
    return () -> view;
  }
}
