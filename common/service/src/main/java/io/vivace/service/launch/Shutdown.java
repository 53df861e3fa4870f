package io.vivace.service.launch;

/// Lets a module end the process in order, as a signal would: the ingester's `/shutdown`, or a part
/// that failed for good.
@FunctionalInterface
public interface Shutdown {
  /// Starts the stop and returns at once.
  ///
  /// @param reason for the log
  /// @param exitCode of the process; not 0 for a failure
  void request(String reason, int exitCode);
}
