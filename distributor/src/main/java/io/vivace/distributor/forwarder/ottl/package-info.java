/// The part of the OpenTelemetry Transformation Language that filters of forwarders are written in:
/// boolean conditions over spans and span events.
@NullMarked
package io.vivace.distributor.forwarder.ottl;

import org.jspecify.annotations.NullMarked;
