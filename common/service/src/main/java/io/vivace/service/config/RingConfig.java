package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A ring as the distributor and the compactor configure theirs.
///
/// @param kvstore key `kvstore`
/// @param heartbeatPeriod key `heartbeat_period`
/// @param heartbeatTimeout key `heartbeat_timeout`
/// @param instanceId key `instance_id`
/// @param instanceInterfaceNames key `instance_interface_names`
/// @param instancePort key `instance_port`
/// @param instanceAddr key `instance_addr`
/// @param others known keys without effect
public record RingConfig(
    KvStoreConfig kvstore,
    Duration heartbeatPeriod,
    Duration heartbeatTimeout,
    String instanceId,
    List<String> instanceInterfaceNames,
    int instancePort,
    String instanceAddr,
    @Rest Map<String, @Nullable Object> others) {}
