/// The rings of a process: who finds whom, who lives in which ring, built from the configuration.
@NullMarked
package io.vivace.service.ring;

import org.jspecify.annotations.NullMarked;
