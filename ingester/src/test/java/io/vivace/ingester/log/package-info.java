/// Tests of the append log.
@NullMarked
package io.vivace.ingester.log;

import org.jspecify.annotations.NullMarked;
