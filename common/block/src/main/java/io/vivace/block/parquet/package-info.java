/// The Parquet layer: thrift structures, levels, pages and column chunks, in both directions. Knows
/// columns, not traces. Damaged input leaves this package as [MalformedDataException] or
/// `IOException`; sizes are checked before anything is allocated for them.
@NullMarked
package io.vivace.block.parquet;

import org.jspecify.annotations.NullMarked;
