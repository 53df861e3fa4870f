package io.vivace.search;

import io.vivace.block.BlockReader;
import java.io.IOException;

/// Row groups of a block that can be searched. Safe for several threads.
public final class BlockSearch extends TableSearchable {
  private final BlockReader block;
  private final int first;
  private final int end;

  /// The whole block.
  public BlockSearch(BlockReader block) {
    this(block, 0, block.rowGroupCount());
  }

  /// The row groups from `startPage` to `startPage + pagesToSearch`, exclusive, as far as the block
  /// has them.
  public BlockSearch(BlockReader block, int startPage, int pagesToSearch) {
    this.block = block;
    this.first = Math.max(0, startPage);
    this.end = (int) Math.min(block.rowGroupCount(), (long) startPage + Math.max(0, pagesToSearch));
  }

  @Override
  public void forEach(Visitor visitor) throws IOException {
    for (int i = first; i < end; i++) {
      if (!visitor.visit(new BlockTable(block.rowGroup(i), block.meta(), block.format()))) {
        return;
      }
    }
  }
}
