/// One port in front of all services.
@NullMarked
package io.vivace.gateway;

import org.jspecify.annotations.NullMarked;
