package io.vivace.frontend.query;

import java.util.List;

/// Which blocks there are in the object store.
public interface BlockCatalog {
  /// The blocks of a tenant that queries have to read.
  List<Entry> blocks(String tenant);

  /// What has to be known of a block to make jobs of it.
  ///
  /// @param id the block's id
  /// @param startSeconds earliest start of a trace, unix seconds
  /// @param endSeconds latest end of a trace, unix seconds
  /// @param bytes size of the block
  /// @param rowGroups number of row groups
  record Entry(String id, long startSeconds, long endSeconds, long bytes, int rowGroups) {}
}
