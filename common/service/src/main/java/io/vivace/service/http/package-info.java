/// HTTP as every service speaks it: plain-text errors, clean paths, request metrics, and Jetty set
/// up for them.
@NullMarked
package io.vivace.service.http;

import org.jspecify.annotations.NullMarked;
