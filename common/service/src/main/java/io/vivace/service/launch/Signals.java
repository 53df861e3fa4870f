package io.vivace.service.launch;

/// What ends a process from outside or inside.
interface Signals extends Shutdown {
  /// Blocks until the process has to stop; gives the exit code.
  int await();

  /// Waits `millis` milliseconds, or less when asked to stop again.
  void pause(long millis);

  /// Everything is stopped.
  void stopped();
}
