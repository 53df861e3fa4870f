/// gRPC between the services: servers on a port and in the process, and channels to them.
@NullMarked
package io.vivace.service.grpc;

import org.jspecify.annotations.NullMarked;
