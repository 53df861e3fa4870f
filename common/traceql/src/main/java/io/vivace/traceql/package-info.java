/// TraceQL: the language and its engine over column vectors.
@NullMarked
package io.vivace.traceql;

import org.jspecify.annotations.NullMarked;
