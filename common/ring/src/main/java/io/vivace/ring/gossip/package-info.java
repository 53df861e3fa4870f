/// What members of the rings tell each other: descriptors ordered by epoch and version, spread at
/// once and compared from time to time, over an engine that knows who is there.
@NullMarked
package io.vivace.ring.gossip;

import org.jspecify.annotations.NullMarked;
