/// Tenants: who a request belongs to, over HTTP and gRPC.
@NullMarked
package io.vivace.service.tenant;

import org.jspecify.annotations.NullMarked;
