/// Remote sampling of Jaeger: clients ask over HTTP or gRPC which of their traces to keep, and are
/// answered from a file of strategies.
@NullMarked
package io.vivace.distributor.receiver.jaeger.sampling;

import org.jspecify.annotations.NullMarked;
