/// The read API over HTTP: parameters with the errors that clients know, routes, responses.
@NullMarked
package io.vivace.frontend.http;

import org.jspecify.annotations.NullMarked;
