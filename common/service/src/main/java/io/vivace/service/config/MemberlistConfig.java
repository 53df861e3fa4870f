package io.vivace.service.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Section `memberlist`: how the members of the rings find each other.
///
/// @param nodeName key `node_name`
/// @param randomizeNodeName key `randomize_node_name`
/// @param advertiseAddr key `advertise_addr`
/// @param advertisePort key `advertise_port`
/// @param clusterLabel key `cluster_label`
/// @param joinMembers key `join_members`
/// @param minJoinBackoff key `min_join_backoff`
/// @param maxJoinBackoff key `max_join_backoff`
/// @param maxJoinRetries key `max_join_retries`
/// @param abortIfClusterJoinFails key `abort_if_cluster_join_fails`
/// @param rejoinInterval key `rejoin_interval`
/// @param leftIngestersTimeout key `left_ingesters_timeout`
/// @param leaveTimeout key `leave_timeout`
/// @param bindAddr key `bind_addr`
/// @param bindPort key `bind_port`
/// @param others known keys without effect
public record MemberlistConfig(
    String nodeName,
    boolean randomizeNodeName,
    String advertiseAddr,
    int advertisePort,
    String clusterLabel,
    List<String> joinMembers,
    Duration minJoinBackoff,
    Duration maxJoinBackoff,
    int maxJoinRetries,
    boolean abortIfClusterJoinFails,
    Duration rejoinInterval,
    Duration leftIngestersTimeout,
    Duration leaveTimeout,
    List<String> bindAddr,
    int bindPort,
    @Rest Map<String, @Nullable Object> others) {}
