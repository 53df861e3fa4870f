package io.vivace.distributor.receiver;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/// What receivers need from the process.
///
/// @param consumers where spans go
/// @param executor runs requests: a virtual thread each
/// @param registry metrics that a receiver has beside those of its consumer
/// @param udpTenant the tenant of spans that come in datagrams (`distributor.udp_tenant`)
/// @param grace how long requests in flight may take when the process stops
public record ReceiverContext(
    ConsumerFactory consumers,
    ExecutorService executor,
    MeterRegistry registry,
    String udpTenant,
    Duration grace) {}
