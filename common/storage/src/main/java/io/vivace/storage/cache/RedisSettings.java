package io.vivace.storage.cache;

import java.time.Duration;

/// Redis and how to talk to it.
///
/// @param endpoints list of `host:port` with commas: one server; several are a cluster, or the
///   sentinels of `masterName`
/// @param masterName name of the group that sentinels watch; empty without sentinels
/// @param timeout of a request
/// @param db number of the database
/// @param username empty for the default user
/// @param password empty for none
/// @param sentinelUsername empty for the default user
/// @param sentinelPassword empty for none
/// @param tls whether connections are encrypted
/// @param trustsAnybody whether certificates are not checked
/// @param ttl how long values stay; 0 for as long as there is room
public record RedisSettings(
    String endpoints,
    String masterName,
    Duration timeout,
    int db,
    String username,
    String password,
    String sentinelUsername,
    String sentinelPassword,
    boolean tls,
    boolean trustsAnybody,
    Duration ttl) {
  /// Fills in what zero stands for.
  public RedisSettings {
    timeout = timeout.isPositive() ? timeout : Duration.ofMillis(100);
  }

  /// Without the passwords.
  @Override
  public String toString() {
    return "RedisSettings[" + endpoints + "]";
  }
}
