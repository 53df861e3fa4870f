/// JMH benchmarks of the hot loops.
@NullMarked
package io.vivace.bench;

import org.jspecify.annotations.NullMarked;
