/// Tests of this package.
@NullMarked
package io.vivace.frontend.http;

import org.jspecify.annotations.NullMarked;
