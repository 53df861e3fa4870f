/// The gateway: one port in front of all services, for HTTP/1.1, HTTP/2 in the clear and gRPC. It
/// is a context of its own on Reactor Netty, also when everything runs in one process.
@NullMarked
package io.vivace.gateway;

import org.jspecify.annotations.NullMarked;
