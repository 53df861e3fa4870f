/// Tests of the Jaeger receivers: against the code that Jaeger's own schema generates, a slow
/// translation, random batches, damaged bytes and real sockets.
@NullMarked
package io.vivace.distributor.receiver.jaeger;

import org.jspecify.annotations.NullMarked;
