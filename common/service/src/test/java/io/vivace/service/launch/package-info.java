/// Tests of the start.
@NullMarked
package io.vivace.service.launch;

import org.jspecify.annotations.NullMarked;
