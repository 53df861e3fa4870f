/// Copies of stored requests to other backends: filters, bounded queues, and OTLP over gRPC. What
/// goes wrong here is logged and counted; it never fails the request.
@NullMarked
package io.vivace.distributor.forwarder;

import org.jspecify.annotations.NullMarked;
