/// The launcher: one process, or one target.
@NullMarked
package io.vivace.all;

import org.jspecify.annotations.NullMarked;
