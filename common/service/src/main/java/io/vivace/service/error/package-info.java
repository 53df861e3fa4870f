/// Errors that a client sees: one code, and the HTTP status and gRPC code that belong to it.
@NullMarked
package io.vivace.service.error;

import org.jspecify.annotations.NullMarked;
