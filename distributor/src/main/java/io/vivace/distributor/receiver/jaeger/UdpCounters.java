package io.vivace.distributor.receiver.jaeger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Counts datagrams: `tempo_receiver_udp_packets_total` those that came in,
/// `tempo_receiver_udp_packets_dropped_total` those that were not stored, by reason.
final class UdpCounters {
  private static final String PACKETS = "tempo_receiver_udp_packets";
  private static final String DROPPED = "tempo_receiver_udp_packets_dropped";
  private static final String RECEIVER = "receiver";
  private static final String TRANSPORT = "transport";
  private static final String REASON = "reason";

  /// Why a datagram was not stored.
  enum Drop {
    /// Every worker was busy and the queue was full.
    QUEUE_FULL,
    /// It was longer than `max_packet_size`.
    TRUNCATED,
    /// It is no message of the protocol.
    MALFORMED,
    /// It is a message that nobody knows.
    UNKNOWN_MESSAGE,
    /// The distributor did not take its spans: a limit, an illegal id, or no ingester.
    REFUSED,
    /// The process stopped before its turn came.
    SHUTDOWN
  }

  private final MeterRegistry registry;
  private final String receiver;
  private final String transport;
  private final Counter packets;
  private final Map<Drop, Counter> drops = new EnumMap<>(Drop.class);

  UdpCounters(MeterRegistry registry, String receiver, String transport) {
    this.registry = registry;
    this.receiver = receiver;
    this.transport = transport;
    this.packets =
        Counter.builder(PACKETS)
            .tag(RECEIVER, receiver)
            .tag(TRANSPORT, transport)
            .register(registry);
    for (Drop drop : Drop.values()) {
      drops.put(
          drop,
          Counter.builder(DROPPED)
              .tag(RECEIVER, receiver)
              .tag(TRANSPORT, transport)
              .tag(REASON, drop.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /// Exports how many datagrams the kernel threw away before they could be read; these are not in
  /// the total.
  void export(KernelDrops kernel) {
    // the registry holds what it reads weakly, so it has to live here
    FunctionCounter.builder(DROPPED, this, counters -> kernel.count())
        .tag(RECEIVER, receiver)
        .tag(TRANSPORT, transport)
        .tag(REASON, "kernel")
        .register(registry);
  }

  void received() {
    packets.increment();
  }

  void dropped(Drop reason, int count) {
    Counter counter = drops.get(reason);
    if (counter != null) {
      counter.increment(count);
    }
  }
}
