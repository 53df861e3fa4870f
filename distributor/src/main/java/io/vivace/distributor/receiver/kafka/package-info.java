/// Spans from Kafka: a consumer group reads topics in any of the encodings that exporters write,
/// and goes on only when the spans are stored.
@NullMarked
package io.vivace.distributor.receiver.kafka;

import org.jspecify.annotations.NullMarked;
