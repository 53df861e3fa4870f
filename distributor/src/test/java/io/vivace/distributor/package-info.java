/// Tests of this package.
@NullMarked
package io.vivace.distributor;

import org.jspecify.annotations.NullMarked;
