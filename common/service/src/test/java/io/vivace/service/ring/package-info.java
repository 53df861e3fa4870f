/// Tests of the rings of a process.
@NullMarked
package io.vivace.service.ring;

import org.jspecify.annotations.NullMarked;
