/// Blocks on the disks of other processes, over gRPC.
@NullMarked
package io.vivace.service.storage.peers;

import org.jspecify.annotations.NullMarked;
