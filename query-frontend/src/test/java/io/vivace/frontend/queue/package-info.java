/// Tests of this package.
@NullMarked
package io.vivace.frontend.queue;

import org.jspecify.annotations.NullMarked;
