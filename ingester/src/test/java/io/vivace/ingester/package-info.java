/// Tests of this package.
@NullMarked
package io.vivace.ingester;

import org.jspecify.annotations.NullMarked;
