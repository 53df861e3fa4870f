/// Jaeger over gRPC, Thrift over HTTP and Thrift over UDP: batches are translated from their wire
/// bytes to OTLP bytes by the rules of the collector (opentelemetry-collector-contrib,
/// `pkg/translator/jaeger`), without an object per span.
@NullMarked
package io.vivace.distributor.receiver.jaeger;

import org.jspecify.annotations.NullMarked;
