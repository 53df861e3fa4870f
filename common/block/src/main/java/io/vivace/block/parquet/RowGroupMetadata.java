package io.vivace.block.parquet;

import java.util.List;

/// One row group of the footer.
///
/// @param rows number of rows
/// @param chunks one per leaf, in the order of the schema
public record RowGroupMetadata(int rows, List<ChunkMetadata> chunks) {}
