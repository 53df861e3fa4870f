package io.vivace.block;

import io.vivace.block.parquet.MalformedDataException;
import io.vivace.block.row.TraceAssembler;
import io.vivace.wire.TraceId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Rows of a block, one row group after the other.
final class BlockRows implements TraceRows {
  private final BlockReader block;
  private final int readAhead;
  private @Nullable TraceAssembler assembler;
  private @Nullable TraceId last;
  private int nextGroup;

  BlockRows(BlockReader block, int readAhead) {
    this.block = block;
    this.readAhead = readAhead;
  }

  @Override
  public @Nullable TraceRow next() throws IOException {
    try {
      while (assembler == null || !assembler.hasNext()) {
        if (nextGroup == block.rowGroupCount()) {
          return null;
        }
        assembler = block.assembler(nextGroup++, readAhead);
      }
      TraceId id = assembler.id();
      if (last != null && last.compareTo(id) >= 0) {
        throw block.meta().fault("trace ids: " + id + " after " + last + " (expected: ascending)");
      }
      last = id;
      return new TraceRow(id, assembler.next());
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw block.meta().fault(e);
    }
  }
}
