/// Tests of this package.
@NullMarked
package io.vivace.storage;

import org.jspecify.annotations.NullMarked;
