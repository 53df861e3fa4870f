package io.vivace.storage.cache;

import java.util.function.IntSupplier;

/// What happens in a shared cache, for metrics. Called by several threads.
public interface CacheEvents {
  /// What was asked of a cache.
  enum Operation {
    /// Reading.
    GET,
    /// Writing.
    PUT
  }

  /// How it went.
  enum Outcome {
    /// Found, or written.
    OK,
    /// Not found.
    MISS,
    /// Failed or took too long.
    FAILED
  }

  /// A request ended.
  void request(Operation operation, Outcome outcome, long nanos);

  /// A write was dropped because too many wait.
  void dropped();

  /// A value was not written because it is too large.
  void skipped();

  /// How many servers there are, asked when it is needed.
  void servers(IntSupplier count);

  /// How many writes wait, asked when it is needed.
  void queue(IntSupplier length);

  /// Tells nobody.
  static CacheEvents ignored() {
    return new CacheEvents() {
      @Override
      public void request(Operation operation, Outcome outcome, long nanos) {}

      @Override
      public void dropped() {}

      @Override
      public void skipped() {}

      @Override
      public void servers(IntSupplier count) {}

      @Override
      public void queue(IntSupplier length) {}
    };
  }
}
