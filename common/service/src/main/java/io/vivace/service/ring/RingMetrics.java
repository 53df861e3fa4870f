package io.vivace.service.ring;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.vivace.ring.Instance;
import io.vivace.ring.Ring;
import io.vivace.ring.gossip.GossipStatistics;
import io.vivace.ring.gossip.RingGossip;
import io.vivace.service.metrics.Metrics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// What dskit's rings and its memberlist show of themselves, under their names.
final class RingMetrics {
  private static final String PREFIX = "tempo_memberlist_client_";
  private static final String UNHEALTHY = "Unhealthy";
  private static final List<String> STATES =
      List.of("ACTIVE", "JOINING", "LEAVING", "PENDING", UNHEALTHY);

  private RingMetrics() {}

  /// Shows `rings`, by name.
  static void ofRings(Metrics metrics, Map<String, Ring> rings, Clock clock) {
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name("tempo_ring_members")
            .help("Number of members in the ring")
            .labelNames("name", "state")
            .callback(callback ->
                rings.forEach((name, ring) -> {
                  List<Instance> members = ring.view().instances();
                  for (String state : STATES) {
                    long count = members.stream().filter(m -> state(m).equals(state)).count();
                    callback.call(count, name, state);
                  }
                }))
            .register(metrics.registry());
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name("tempo_ring_tokens_total")
            .help("Number of tokens in the ring")
            .labelNames("name")
            .callback(callback ->
                rings.forEach((name, ring) ->
                    callback.call(
                        ring.view().tokenCounts().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum(),
                        name)))
            .register(metrics.registry());
    GaugeWithCallback _ =
        GaugeWithCallback.builder()
            .name("tempo_ring_oldest_member_timestamp")
            .help("Timestamp of the oldest member in the ring.")
            .labelNames("name", "state")
            .callback(callback ->
                rings.forEach((name, ring) -> {
                  for (String state : STATES) {
                    callback.call(oldest(ring, state, clock), name, state);
                  }
                }))
            .register(metrics.registry());
  }

  private static double oldest(Ring ring, String state, Clock clock) {
    long now = clock.instant().getEpochSecond();
    return ring.view().instances().stream()
        .filter(member -> state(member).equals(state))
        .mapToLong(member -> member.times().lastSeen() == 0 ? now : member.times().lastSeen())
        .min()
        .orElse(0);
  }

  private static String state(Instance member) {
    return member.isReachable() ? member.state().name() : UNHEALTHY;
  }

  /// Shows what members tell each other.
  static void ofMembers(Metrics metrics, RingGossip gossip) {
    GossipStatistics statistics = gossip.statistics();
    gauge(metrics, "cluster_members_count", "Number of members", () -> gossip.nodes().size());
    gauge(
        metrics,
        "cluster_node_health_score",
        "0 when nobody came or went within a minute",
        statistics::restlessness);
    gauge(metrics, "kv_store_count", "Number of rings", statistics::rings);
    gauge(metrics, "kv_store_value_tombstones", "Members that left", statistics::tombstoneCount);
    counter(metrics, "received_broadcasts", "Messages received", statistics::messagesReceived);
    counter(metrics, "received_broadcasts_bytes", "Bytes of messages", statistics::bytesReceived);
    counter(
        metrics,
        "received_broadcasts_invalid",
        "Messages that could not be read",
        statistics::messagesInvalid);
    counter(metrics, "messages_sent", "Messages sent", statistics::messagesSent);
  }

  private static void gauge(Metrics metrics, String name, String help, LongSupplier value) {
    GaugeWithCallback _ = metrics.gauge(PREFIX + name, help, () -> (double) value.getAsLong());
  }

  private static void counter(Metrics metrics, String name, String help, LongSupplier value) {
    CounterWithCallback _ =
        CounterWithCallback.builder()
            .name(PREFIX + name)
            .help(help)
            .callback(callback -> callback.call((double) value.getAsLong()))
            .register(metrics.registry());
  }
}
