/// The membership engine on JGroups: who is there, and messages between members.
@NullMarked
package io.vivace.ring.jgroups;

import org.jspecify.annotations.NullMarked;
