/// OTLP over gRPC and over HTTP: requests are taken as bytes and given on as they are; errors and
/// partial successes are told as the OTLP specification says.
@NullMarked
package io.vivace.distributor.receiver.otlp;

import org.jspecify.annotations.NullMarked;
