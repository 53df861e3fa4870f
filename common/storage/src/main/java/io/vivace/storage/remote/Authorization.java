package io.vivace.storage.remote;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Says who asks, by headers that are added to a request.
@FunctionalInterface
public interface Authorization {
  /// Headers for a request now. May fetch a token; keeps it until it expires.
  ///
  /// @throws StoreException when no token is to be had
  Map<String, List<String>> headers() throws IOException;

  /// Nobody in particular.
  static Authorization anonymous() {
    return Map::of;
  }
}
