/// Pages about the process itself, as Tempo has them: readiness, metrics, configuration, limits,
/// rings.
@NullMarked
package io.vivace.service.status;

import org.jspecify.annotations.NullMarked;
