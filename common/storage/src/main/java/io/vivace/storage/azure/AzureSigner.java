package io.vivace.storage.azure;

import java.io.IOException;

/// Says who asks, by headers of a request that is otherwise complete.
@FunctionalInterface
public interface AzureSigner {
  /// Adds what the store wants to see.
  ///
  /// @throws io.vivace.storage.remote.StoreException when no token is to be had
  void sign(AzureRequest request) throws IOException;
}
