package io.vivace.service.launch;

import io.vivace.service.grpc.InternalServers;
import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/// Tells [Readiness] and the gRPC health service how far the modules of this process are: all of
/// them run when the context is up.
final class ModuleStates implements SmartLifecycle {
  private static final List<String> SERVICES =
      List.of("distributor", "ingester", "querier", "query-frontend", "compactor");

  private final List<String> modules = new ArrayList<>();
  private final Readiness readiness;
  private final InternalServers servers;
  private volatile boolean running;

  ModuleStates(Target target, Readiness readiness, InternalServers servers) {
    this.readiness = readiness;
    this.servers = servers;
    modules.addAll(List.of("server", "overrides", "memberlist-kv", "store", "ingester-ring"));
    if (target == Target.ALL) {
      modules.addAll(SERVICES);
    } else {
      modules.add(target.text());
    }
    all(Readiness.State.STARTING);
  }

  private void all(Readiness.State state) {
    modules.forEach(module -> readiness.module(module, state));
    servers.healthy(readiness);
  }

  @Override
  public void start() {
    all(Readiness.State.RUNNING);
    running = true;
  }

  @Override
  public void stop() {
    all(Readiness.State.STOPPING);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Phases.READINESS;
  }
}
