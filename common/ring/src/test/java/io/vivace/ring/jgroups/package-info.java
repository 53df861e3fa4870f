/// Tests of the JGroups engine: many members in one process.
@NullMarked
package io.vivace.ring.jgroups;

import org.jspecify.annotations.NullMarked;
