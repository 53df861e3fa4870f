/// TraceQL over blocks and over live traces.
@NullMarked
package io.vivace.search;

import org.jspecify.annotations.NullMarked;
