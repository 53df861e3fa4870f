/// Receivers: each takes one protocol off the network, hands OTLP bytes to the distributor and
/// tells the client what became of them in the protocol's own words.
@NullMarked
package io.vivace.distributor.receiver;

import org.jspecify.annotations.NullMarked;
