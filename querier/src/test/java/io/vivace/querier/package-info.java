/// Tests of the querier.
@NullMarked
package io.vivace.querier;

import org.jspecify.annotations.NullMarked;
