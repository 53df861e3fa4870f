/// Tests of the JSON that clients see.
@NullMarked
package io.vivace.wire.json;

import org.jspecify.annotations.NullMarked;
