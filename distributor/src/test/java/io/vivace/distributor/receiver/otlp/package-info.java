/// Tests of the OTLP receivers over loopback.
@NullMarked
package io.vivace.distributor.receiver.otlp;

import org.jspecify.annotations.NullMarked;
