package io.vivace.block.parquet;

import java.util.List;
import java.util.Map;

/// A parsed footer.
///
/// @param leaves the columns in file order
/// @param byPath position of each leaf by its path
/// @param rowGroups in file order
/// @param rows number of rows of all row groups
public record FileMetadata(
    List<Leaf> leaves, Map<String, Integer> byPath, List<RowGroupMetadata> rowGroups, long rows) {}
