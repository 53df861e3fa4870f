/// Tests of this package.
@NullMarked
package io.vivace.compactor;

import org.jspecify.annotations.NullMarked;
