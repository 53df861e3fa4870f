/// Start, readiness and stop of the parts of a process, in order.
@NullMarked
package io.vivace.service.lifecycle;

import org.jspecify.annotations.NullMarked;
