/// Tests of the HTTP port.
@NullMarked
package io.vivace.service.http;

import org.jspecify.annotations.NullMarked;
