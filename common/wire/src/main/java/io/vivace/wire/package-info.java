/// Trace ids, the OTLP wire scan, tempopb messages, combining of traces.
@NullMarked
package io.vivace.wire;

import org.jspecify.annotations.NullMarked;
