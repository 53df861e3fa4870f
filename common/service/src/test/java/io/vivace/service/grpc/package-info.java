/// Tests of gRPC between the services.
@NullMarked
package io.vivace.service.grpc;

import org.jspecify.annotations.NullMarked;
