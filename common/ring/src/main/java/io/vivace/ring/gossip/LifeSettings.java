package io.vivace.ring.gossip;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How an instance lives in its ring.
///
/// @param ring the key of the ring
/// @param id unique name in the ring
/// @param address host and port of its gRPC server
/// @param zone availability zone, empty for none
/// @param tokenCount how many tokens it takes
/// @param tokensFile keeps them across restarts, null for nothing
/// @param pace how long it waits between its states
/// @param isUnregistered whether it leaves the ring when it stops; otherwise it stays as `LEAVING`
/// @param checksRing whether it is ready only once every member of the ring is
public record LifeSettings(
    String ring,
    String id,
    String address,
    String zone,
    int tokenCount,
    @Nullable Path tokensFile,
    Pace pace,
    boolean isUnregistered,
    boolean checksRing) {

  /// Waits.
  ///
  /// @param joinAfter before it takes tokens
  /// @param observePeriod how long it looks whether somebody else took them too
  /// @param minReady how long it is active before it is ready
  /// @param finalSleep before it leaves the ring
  public record Pace(
      Duration joinAfter, Duration observePeriod, Duration minReady, Duration finalSleep) {
    /// No waits.
    public static final Pace AT_ONCE =
        new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
