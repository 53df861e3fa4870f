package io.vivace.block;

import io.vivace.block.parquet.ChunkMetadata;
import io.vivace.block.parquet.FileMetadata;
import io.vivace.block.parquet.Leaf;
import io.vivace.block.parquet.MalformedDataException;
import io.vivace.block.parquet.RowGroupReader;
import io.vivace.block.parquet.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// A row group of a file.
record BlockRowGroup(BlockMeta meta, FileMetadata metadata, RowGroupReader reader, int index)
    implements RowGroup {
  @Override
  public int rows() {
    return reader.rows();
  }

  @Override
  public boolean hasColumn(String path) {
    return metadata.byPath().containsKey(path);
  }

  @Override
  public ColumnVector column(String path) throws IOException {
    int leaf = leaf(path);
    try {
      return reader.column(leaf);
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw meta.fault(e);
    }
  }

  @Override
  public Optional<Dictionary> dictionary(String path) throws IOException {
    int leaf = leaf(path);
    try {
      return Optional.ofNullable(reader.dictionary(leaf));
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw meta.fault(e);
    }
  }

  @Override
  public Optional<LongRange> range(String path) throws IOException {
    int position = leaf(path);
    Leaf leaf = metadata.leaves().get(position);
    ChunkMetadata chunk = reader.chunk(position);
    int width = leaf.type() == Type.INT64 ? 8 : leaf.type() == Type.INT32 ? 4 : -1;
    if (chunk.min().length != width || chunk.max().length != width) {
      return Optional.empty();
    }
    long min = number(chunk.min(), leaf);
    long max = number(chunk.max(), leaf);
    return Optional.of(new LongRange(min, max, leaf.unsigned()));
  }

  private static long number(byte[] bytes, Leaf leaf) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length == 8) {
      return in.getLong();
    }
    return leaf.unsigned() ? in.getInt() & 0xffffffffL : in.getInt();
  }

  @Override
  public long compressedSize(String path) throws IOException {
    return reader.chunk(leaf(path)).compressedSize();
  }

  private int leaf(String path) throws BlockFormatException {
    Integer leaf = metadata.byPath().get(path);
    if (leaf == null) {
      throw meta.fault("column: " + path + " (expected: in the file's schema)");
    }
    return leaf;
  }
}
