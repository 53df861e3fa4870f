package io.vivace.ingester;

import io.vivace.ring.RingView;

/// The live traces that one ingester may keep of a tenant. Source of the rule: Tempo 2.9
/// `modules/ingester/limiter.go`.
final class LiveTraceLimit {
  private LiveTraceLimit() {}

  /// The smaller one of the limits that are set.
  ///
  /// @param local `max_traces_per_user`, for each ingester; 0 for none
  /// @param global `max_global_traces_per_user`, for all of them; 0 for none
  /// @param ring the ingesters now; while it knows of no healthy one, `global` does not count
  /// @return most live traces, 0 for no limit
  static int of(int local, int global, RingView ring) {
    int share = share(global, ring);
    if (local <= 0 || share <= 0) {
      return Math.max(0, Math.max(local, share));
    }
    return Math.min(local, share);
  }

  /// Every trace is live in as many ingesters as hold its replicas.
  private static int share(int global, RingView ring) {
    int ingesters = ring.healthyCount();
    if (global <= 0 || ingesters == 0) {
      return 0;
    }
    // a share below one trace still is a limit, not the absence of one
    return Math.max(1, (int) ((double) global / ingesters * ring.replicationFactor()));
  }
}
