package io.vivace.block.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.util.zip.CRC32;
import org.xerial.snappy.Snappy;

/// Encodes, compresses and frames pages. Holds scratch memory and a native compressor: for one
/// thread, to be closed.
final class PageWriter implements AutoCloseable {
  private final int codec;
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final CRC32 crc = new CRC32();
  private final LevelScratch levels = new LevelScratch();
  private final Output plain = new Output(1 << 16);
  private final Output packed = new Output(1 << 16);

  PageWriter(int codec, int level) {
    this.codec = codec;
    zstd.setLevel(level);
  }

  /// Finishes the column's page and moves it to its chunk.
  ///
  /// @param rows number of rows that begin in it
  void data(ColumnWriter column, int rows) throws IOException {
    plain.clear();
    int entries = column.entries();
    column.levels(levels, plain);
    column.encode(plain);
    compress();
    ChunkWriter chunk = column.chunk;
    int start = chunk.pages.length;
    ThriftWriter thrift = new ThriftWriter(chunk.pages);
    int outer = header(thrift, PageHeader.DATA);
    int details = thrift.struct(5);
    thrift.i32(1, entries);
    thrift.i32(2, column.encoding());
    thrift.i32(3, Encoding.RLE);
    thrift.i32(4, Encoding.RLE);
    thrift.end(details);
    thrift.end(outer);
    chunk.uncompressed += chunk.pages.length - start + plain.length;
    chunk.pages.put(packed.bytes, 0, packed.length);
    boolean empty = column.values == 0;
    int nulls = entries - column.values;
    int size = chunk.pages.length - start;
    byte[] min = empty ? null : column.min();
    byte[] max = empty ? null : column.max();
    chunk.list.add(new ChunkWriter.Page(start, size, chunk.nextRow, nulls, min, max, empty));
    chunk.entries += entries;
    chunk.nulls += nulls;
    chunk.nextRow += rows;
    chunk.encoding = column.encoding();
    column.clear();
  }

  /// Appends the dictionary page to `out`; returns its uncompressed size with the header.
  int dictionary(ByteDictionary dictionary, Output out) throws IOException {
    plain.clear();
    plain.put(dictionary.plain.bytes, 0, dictionary.plain.length);
    compress();
    int start = out.length;
    ThriftWriter thrift = new ThriftWriter(out);
    int outer = header(thrift, PageHeader.DICTIONARY);
    int details = thrift.struct(7);
    thrift.i32(1, dictionary.size());
    thrift.i32(2, Encoding.PLAIN);
    thrift.end(details);
    thrift.end(outer);
    int size = out.length - start + plain.length;
    out.put(packed.bytes, 0, packed.length);
    return size;
  }

  private int header(ThriftWriter thrift, int type) {
    crc.reset();
    crc.update(packed.bytes, 0, packed.length);
    int outer = thrift.begin();
    thrift.i32(1, type);
    thrift.i32(2, plain.length);
    thrift.i32(3, packed.length);
    thrift.i32(4, (int) crc.getValue());
    return outer;
  }

  private void compress() throws IOException {
    packed.clear();
    if (codec == Codec.UNCOMPRESSED) {
      packed.put(plain.bytes, 0, plain.length);
    } else if (codec == Codec.SNAPPY) {
      packed.reserve(Snappy.maxCompressedLength(plain.length));
      packed.length = Snappy.compress(plain.bytes, 0, plain.length, packed.bytes, 0);
    } else {
      int bound = Math.toIntExact(Zstd.compressBound(plain.length));
      packed.reserve(bound);
      packed.length = zstd.compressByteArray(packed.bytes, 0, bound, plain.bytes, 0, plain.length);
    }
  }

  @Override
  public void close() {
    zstd.close();
  }
}
