/// OpenCensus messages against the table of what they become, against damaged payloads, and over
/// gRPC and HTTP on one port.
@NullMarked
package io.vivace.distributor.receiver.opencensus;

import org.jspecify.annotations.NullMarked;
