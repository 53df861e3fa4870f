package io.vivace.storage.cache;

import java.time.Duration;

/// Memcached's servers and how to talk to them.
///
/// @param addresses list of addresses, see [ServerAddresses]
/// @param host has a service record when there are no addresses
/// @param service name of the service in that record
/// @param timeout of a request
/// @param connections to each server
/// @param updateInterval how often addresses are looked up; 0 is a minute
/// @param isConsistent whether keys stay with their servers when others come and go
/// @param ttl how long values stay; 0 for as long as there is room
public record MemcachedSettings(
    String addresses,
    String host,
    String service,
    Duration timeout,
    int connections,
    Duration updateInterval,
    boolean isConsistent,
    Duration ttl) {
  private static final int MAX_CONNECTIONS = 4;

  /// Fills in what zero stands for.
  public MemcachedSettings {
    timeout = timeout.isPositive() ? timeout : Duration.ofMillis(100);
    connections = Math.clamp(connections, 1, MAX_CONNECTIONS);
    updateInterval = updateInterval.isPositive() ? updateInterval : Duration.ofMinutes(1);
  }
}
