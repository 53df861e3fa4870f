/// Between OTLP traces and rows of a block: what the columns of each format version are called, how
/// a trace is put together from them and taken apart into them.
@NullMarked
package io.vivace.block.row;

import org.jspecify.annotations.NullMarked;
