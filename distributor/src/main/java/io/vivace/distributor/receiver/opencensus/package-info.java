/// OpenCensus (opencensus-proto, `agent/trace/v1`): streams over gRPC and JSON over HTTP on one
/// port; messages become OTLP in one pass.
@NullMarked
package io.vivace.distributor.receiver.opencensus;

import org.jspecify.annotations.NullMarked;
