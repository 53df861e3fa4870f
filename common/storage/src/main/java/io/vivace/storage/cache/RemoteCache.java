package io.vivace.storage.cache;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A cache on other machines. Neither method blocks; both answer with a failure when a server is
/// not reached or does not know what to do.
interface RemoteCache extends AutoCloseable {
  /// What is stored under `key`.
  CompletionStage<Optional<byte[]>> get(String key);

  /// Stores `value`.
  CompletionStage<?> set(String key, byte[] value);

  /// The server that a key belongs to: servers fail one by one.
  String server(String key);

  /// Whether a key can be sent as it is.
  boolean takes(String key);

  @Override
  void close();
}
