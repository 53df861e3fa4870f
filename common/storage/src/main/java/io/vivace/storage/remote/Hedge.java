package io.vivace.storage.remote;

import java.time.Duration;

/// When a slow read is asked once more.
///
/// @param after how long a read may take before another one is sent; zero never sends one
/// @param upTo how many are sent for one read at most, the first one counted
public record Hedge(Duration after, int upTo) {
  /// Whether there is anything to do.
  public boolean enabled() {
    return !after.isZero() && !after.isNegative() && upTo > 1;
  }
}
