/// Tests of the block format: golden blocks, round trips, other people's readers, damaged files.
@NullMarked
package io.vivace.block;

import org.jspecify.annotations.NullMarked;
