package io.vivace.service.config;

import java.time.Duration;
import java.util.List;

/// Section `ingester_client`: how distributors and queriers reach ingesters.
///
/// @param poolConfig key `pool_config`
/// @param remoteTimeout key `remote_timeout`
/// @param grpcClientConfig key `grpc_client_config`
/// @param addresses key `addresses`
public record IngesterClientConfig(
    PoolConfig poolConfig,
    Duration remoteTimeout,
    GrpcClientConfig grpcClientConfig,
    List<String> addresses) {

  /// When idle clients are looked after.
  ///
  /// @param checkinterval key `checkinterval`
  /// @param healthcheckenabled key `healthcheckenabled`
  /// @param healthchecktimeout key `healthchecktimeout`
  /// @param maxconcurrenthealthchecks key `maxconcurrenthealthchecks`
  public record PoolConfig(
      Duration checkinterval,
      boolean healthcheckenabled,
      Duration healthchecktimeout,
      int maxconcurrenthealthchecks) {}
}
