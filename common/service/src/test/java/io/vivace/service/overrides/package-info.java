/// Tests of the limits.
@NullMarked
package io.vivace.service.overrides;

import org.jspecify.annotations.NullMarked;
