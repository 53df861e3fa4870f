/// Tests of lookups in the ring.
@NullMarked
package io.vivace.ring;

import org.jspecify.annotations.NullMarked;
