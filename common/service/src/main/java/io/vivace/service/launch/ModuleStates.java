package io.vivace.service.launch;

import io.vivace.service.lifecycle.Phases;
import io.vivace.service.lifecycle.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.SmartLifecycle;

/// Tells [Readiness] how far the modules of this process are that do not tell it themselves: they
/// run when the context is up.
final class ModuleStates implements SmartLifecycle {
  private static final List<String> SERVICES =
      List.of("distributor", "ingester", "querier", "query-frontend", "compactor");

  /// Modules whose lifecycles know better: an ingester runs when its log was replayed.
  private static final Set<String> TELL_THEMSELVES = Set.of("ingester", "compactor", "store");

  private final List<String> modules = new ArrayList<>();
  private final Readiness readiness;
  private volatile boolean running;

  ModuleStates(Target target, Readiness readiness) {
    this.readiness = readiness;
    modules.addAll(List.of("server", "overrides", "memberlist-kv", "ingester-ring"));
    if (target == Target.ALL) {
      modules.addAll(SERVICES);
    } else {
      modules.add(target.text());
    }
    modules.removeAll(TELL_THEMSELVES);
    all(Readiness.State.STARTING);
  }

  private void all(Readiness.State state) {
    modules.forEach(module -> readiness.module(module, state));
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
