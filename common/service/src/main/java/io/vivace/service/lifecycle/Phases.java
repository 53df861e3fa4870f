package io.vivace.service.lifecycle;

import org.springframework.context.SmartLifecycle;

/// Phases of [SmartLifecycle] beans: started from low to high, stopped from high to low. Servers
/// start before their users; on the way down receivers stop first and storage last, so that
/// everything acknowledged is written.
public final class Phases {
  /// Object store, block list, caches.
  public static final int STORAGE = 100;

  /// The log and the live traces of an ingester; its stop flushes.
  public static final int INGESTER = 200;

  /// Membership of the rings.
  public static final int RING = 300;

  /// gRPC servers between the services.
  public static final int INTERNAL_SERVERS = 400;

  /// Channels to other services.
  public static final int CHANNELS = 450;

  /// What uses channels and storage: the querier's workers, the compactor's loops.
  public static final int CLIENTS = 500;

  /// Life in the rings: joined when the servers listen, left while they still answer.
  public static final int RING_MEMBERS = 550;

  /// The distributor's work behind its receivers.
  public static final int DISTRIBUTOR = 600;

  /// Ports that accept spans.
  public static final int RECEIVERS = 700;

  /// Last in, first out: what says whether the process is ready.
  public static final int READINESS = SmartLifecycle.DEFAULT_PHASE - 10;

  private Phases() {}
}
