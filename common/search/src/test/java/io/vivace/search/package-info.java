/// Tests of searching: golden data of the real Tempo and comparison with a naive twin.
@NullMarked
package io.vivace.search;

import org.jspecify.annotations.NullMarked;
