/// Tests of what members of the rings tell each other.
@NullMarked
package io.vivace.ring.gossip;

import org.jspecify.annotations.NullMarked;
