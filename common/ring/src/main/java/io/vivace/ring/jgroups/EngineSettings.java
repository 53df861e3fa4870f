package io.vivace.ring.jgroups;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a process takes part.
///
/// @param cluster members of clusters with other names are not heard
/// @param nodeName what people call this process
/// @param bindAddress the interface that it listens on
/// @param bindPort the port that it listens on; the only one
/// @param advertised where others reach it, null for where it listens
/// @param dialTimeout how long to wait for a connection
/// @param silence how long a member may be silent before it counts as gone
/// @param join what to do while nobody else is found
public record EngineSettings(
    String cluster,
    String nodeName,
    InetAddress bindAddress,
    int bindPort,
    @Nullable Advertised advertised,
    Duration dialTimeout,
    Duration silence,
    Join join) {

  /// Where others reach a process.
  public record Advertised(InetAddress address, int port) {}

  /// What to do while nobody else is found.
  ///
  /// @param isAloneFailure whether a process that stays alone has failed
  /// @param minBackoff the first wait between two looks
  /// @param maxBackoff the longest
  /// @param retries how many looks
  public record Join(
      boolean isAloneFailure, Duration minBackoff, Duration maxBackoff, int retries) {
    /// To be alone is fine; others are merged with when they come.
    public static final Join ALONE_IS_FINE =
        new Join(false, Duration.ofSeconds(1), Duration.ofMinutes(1), 10);
  }
}
