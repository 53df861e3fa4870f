package io.vivace.service.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// Knows whether the process may take requests. Modules register themselves with a state, and
/// checks with a reason. Texts: Tempo 2.9 `/ready`. Safe for use by many threads.
public final class Readiness {
  /// State of a module, spelled as Tempo prints it.
  public enum State {
    /// Created, not started.
    NEW("New"),
    /// On its way up.
    STARTING("Starting"),
    /// Serving.
    RUNNING("Running"),
    /// On its way down.
    STOPPING("Stopping"),
    /// Stopped as asked.
    TERMINATED("Terminated"),
    /// Stopped by an error.
    FAILED("Failed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /// The word on the status pages.
    public String text() {
      return text;
    }
  }

  private final Map<String, State> modules = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final List<Supplier<Optional<String>>> checks = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  /// Sets the state of the module `name`, for example `distributor`; an unknown name is added.
  public void module(String name, State state) {
    synchronized (this) {
      modules.put(name, state);
    }
    listeners.forEach(Runnable::run);
  }

  /// Calls `listener` after every change of a module's state.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Marks the module as failed for `reason`.
  public void failed(String name, String reason) {
    synchronized (this) {
      failures.put(name, reason);
    }
    module(name, State.FAILED);
  }

  /// Adds a check that gives a reason for not being ready, with its prefix: `Ingester not ready:
  /// ingester check ready failed: waiting for 15s after being ready`; empty when ready. It must not
  /// block.
  public void check(Supplier<Optional<String>> check) {
    checks.add(check);
  }

  /// The process was told to stop: not ready from now on.
  public void stopping() {
    stopping = true;
  }

  /// Why the process is not ready, without the line feed that `/ready` adds; empty when it is
  /// ready.
  public Optional<String> reason() {
    if (stopping) {
      return Optional.of("Application is stopping");
    }
    Optional<String> module = notRunning();
    if (module.isPresent()) {
      return module;
    }
    for (Supplier<Optional<String>> check : checks) {
      Optional<String> reason = check.get();
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /// The modules and their states, sorted by name.
  public synchronized Map<String, State> modules() {
    return new TreeMap<>(modules);
  }

  /// Why modules failed, by name.
  public synchronized Map<String, String> failures() {
    return Map.copyOf(failures);
  }

  private synchronized Optional<String> notRunning() {
    Map<State, Integer> counts = new TreeMap<>();
    modules.values().forEach(state -> counts.merge(state, 1, Integer::sum));
    if (counts.keySet().stream().allMatch(State.RUNNING::equals)) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Some services are not Running:");
    counts.forEach((state, count) -> lines.add(state.text() + ": " + count));
    return Optional.of(String.join("\n", lines) + "\n");
  }
}
