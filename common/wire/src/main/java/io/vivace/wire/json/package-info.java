/// JSON as clients of Tempo's read API get it.
@NullMarked
package io.vivace.wire.json;

import org.jspecify.annotations.NullMarked;
