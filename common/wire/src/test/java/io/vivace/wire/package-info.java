/// Tests of ids, hashes and combining.
@NullMarked
package io.vivace.wire;

import org.jspecify.annotations.NullMarked;
