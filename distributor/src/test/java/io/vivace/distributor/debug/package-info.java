/// Tests of what shows single spans.
@NullMarked
package io.vivace.distributor.debug;

import org.jspecify.annotations.NullMarked;
