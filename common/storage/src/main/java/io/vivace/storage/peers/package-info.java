/// Blocks on the disks of several processes, seen as one store.
@NullMarked
package io.vivace.storage.peers;

import org.jspecify.annotations.NullMarked;
