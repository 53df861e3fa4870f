/// Tests of the wire scan against protobuf-java.
@NullMarked
package io.vivace.wire.otlp;

import org.jspecify.annotations.NullMarked;
