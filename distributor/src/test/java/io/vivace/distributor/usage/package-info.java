/// Tests of the usage tracker.
@NullMarked
package io.vivace.distributor.usage;

import org.jspecify.annotations.NullMarked;
