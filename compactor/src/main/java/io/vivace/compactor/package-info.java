/// Merges blocks and applies retention.
@NullMarked
package io.vivace.compactor;

import org.jspecify.annotations.NullMarked;
