/// Tests of TraceQL: golden data of the real Tempo, fuzzing, comparison with naive twins.
@NullMarked
package io.vivace.traceql;

import org.jspecify.annotations.NullMarked;
