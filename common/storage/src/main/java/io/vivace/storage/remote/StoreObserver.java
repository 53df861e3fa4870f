package io.vivace.storage.remote;

import java.time.Duration;

/// Is told of every request to a remote store.
public interface StoreObserver {
  /// A request that ended.
  ///
  /// @param method of HTTP, such as `GET`
  /// @param status of HTTP, or `error` when there was no answer
  void request(String method, String status, Duration took);

  /// A read that was started once more because the first one was slow.
  void hedged();

  /// The circuit breaker changed its mind.
  ///
  /// @param open whether requests are refused without being sent
  void breaker(boolean open);

  /// Listens to nothing.
  static StoreObserver none() {
    return new StoreObserver() {
      @Override
      public void request(String method, String status, Duration took) {}

      @Override
      public void hedged() {}

      @Override
      public void breaker(boolean open) {}
    };
  }
}
