package io.vivace.service.storage;

import io.vivace.storage.ObjectStore;
import io.vivace.storage.remote.Hedge;
import io.vivace.storage.remote.HedgedObjectStore;
import io.vivace.storage.remote.PrefixedObjectStore;
import io.vivace.storage.remote.RemoteCalls;
import io.vivace.storage.remote.RetryPolicy;
import io.vivace.storage.remote.StoreObserver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What the remote stores have in common around them.
final class RemoteStores {
  /// Asks a store whether its bucket is there.
  @FunctionalInterface
  interface Check {
    void check() throws IOException;
  }

  /// Of one request with its answer: 16 MiB get through at 140 kB/s.
  static final Duration TIMEOUT = Duration.ofMinutes(2);

  private RemoteStores() {}

  /// Requests with the standard retries and a circuit breaker.
  static RemoteCalls calls(String store, Clock clock, StoreObserver observer) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    return new RemoteCalls(store, RetryPolicy.standard(), clock, Thread::sleep, random, observer);
  }

  /// The store with hedged reads and a prefix, once its bucket was found.
  static ObjectStore checked(
      ObjectStore store, Check check, Hedge hedge, String prefix, StoreObserver observer)
      throws IOException {
    try {
      check.check();
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
    ObjectStore hedged = hedge.enabled() ? new HedgedObjectStore(store, hedge, observer) : store;
    return PrefixedObjectStore.of(hedged, prefix);
  }
}
