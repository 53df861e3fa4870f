/// Tests of how traces become rows.
@NullMarked
package io.vivace.block.row;

import org.jspecify.annotations.NullMarked;
