package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Group;
import java.util.ArrayList;
import java.util.List;

/// Collects what the footer says about row groups and writes it, with the page indexes before it.
///
/// All column indexes lie together, then all offset indexes: Tempo reads them as one range.
final class FooterWriter {
  private final Group schema;
  private final int codec;
  private final String createdBy;
  private final List<RowGroup> groups = new ArrayList<>();

  /// A finished chunk, its page indexes still without their place.
  private static final class Chunk {
    final Output metadata = new Output(256);
    final Output columnIndex = new Output(128);
    final Output offsetIndex = new Output(128);
    long columnIndexStart;
    long offsetIndexStart;
  }

  private static final class RowGroup {
    final List<Chunk> chunks = new ArrayList<>();
    int rows;
    long start;
    long uncompressed;
    long compressed;
  }

  FooterWriter(Group schema, int codec, String createdBy) {
    this.schema = schema;
    this.codec = codec;
    this.createdBy = createdBy;
  }

  int rowGroups() {
    return groups.size();
  }

  void beginRowGroup(int rows, long start) {
    RowGroup group = new RowGroup();
    group.rows = rows;
    group.start = start;
    groups.add(group);
  }

  void chunk(ColumnWriter column, long start, int dictionaryLength, int dictionarySize) {
    RowGroup group = groups.getLast();
    ChunkWriter pages = column.chunk;
    Chunk chunk = new Chunk();
    long dataStart = start + dictionaryLength;
    long compressed = dictionaryLength + (long) pages.pages.length;
    long uncompressed = dictionarySize + pages.uncompressed;
    metadata(chunk.metadata, column, start, dataStart, uncompressed, compressed);
    if (pages.hasColumnIndex()) {
      pages.writeColumnIndex(chunk.columnIndex);
    }
    pages.writeOffsetIndex(dataStart, chunk.offsetIndex);
    group.chunks.add(chunk);
    group.compressed += compressed;
    group.uncompressed += uncompressed;
  }

  private void metadata(
      Output out,
      ColumnWriter column,
      long start,
      long dataStart,
      long uncompressed,
      long compressed) {
    ChunkWriter pages = column.chunk;
    boolean dictionary = dataStart > start;
    ThriftWriter thrift = new ThriftWriter(out);
    int outer = thrift.begin();
    thrift.i32(1, column.leaf.type().code());
    thrift.list(2, ThriftReader.I32, dictionary ? 3 : 2);
    if (dictionary) {
      thrift.numberElement(Encoding.PLAIN);
    }
    thrift.numberElement(Encoding.RLE);
    thrift.numberElement(pages.encoding);
    String[] path = column.leaf.path().split("\\.", -1);
    thrift.list(3, ThriftReader.BINARY, path.length);
    for (String part : path) {
      thrift.textElement(part);
    }
    thrift.i32(4, codec);
    thrift.i64(5, pages.entries);
    thrift.i64(6, uncompressed);
    thrift.i64(7, compressed);
    thrift.i64(9, dataStart);
    if (dictionary) {
      thrift.i64(11, start);
    }
    statistics(thrift, column);
    encodings(thrift, pages, dictionary);
    thrift.end(outer);
  }

  private static void statistics(ThriftWriter thrift, ColumnWriter column) {
    byte[] min = column.chunk.min(column);
    byte[] max = column.chunk.max(column);
    int outer = thrift.struct(12);
    thrift.i64(3, column.chunk.nulls);
    if (min != null && max != null) {
      thrift.binary(5, max);
      thrift.binary(6, min);
    }
    thrift.end(outer);
  }

  private static void encodings(ThriftWriter thrift, ChunkWriter pages, boolean dictionary) {
    thrift.list(13, ThriftReader.STRUCT, dictionary ? 2 : 1);
    if (dictionary) {
      encoding(thrift, PageHeader.DICTIONARY, Encoding.PLAIN, 1);
    }
    encoding(thrift, PageHeader.DATA, pages.encoding, pages.list.size());
  }

  private static void encoding(ThriftWriter thrift, int page, int encoding, int count) {
    int outer = thrift.begin();
    thrift.i32(1, page);
    thrift.i32(2, encoding);
    thrift.i32(3, count);
    thrift.end(outer);
  }

  /// Appends the page indexes, which will begin at `start` of the file.
  void writeIndexes(long start, Output out) {
    int before = out.length;
    for (RowGroup group : groups) {
      for (Chunk chunk : group.chunks) {
        chunk.columnIndexStart = start + out.length - before;
        out.put(chunk.columnIndex.bytes, 0, chunk.columnIndex.length);
      }
    }
    for (RowGroup group : groups) {
      for (Chunk chunk : group.chunks) {
        chunk.offsetIndexStart = start + out.length - before;
        out.put(chunk.offsetIndex.bytes, 0, chunk.offsetIndex.length);
      }
    }
  }

  void write(Output out) {
    ThriftWriter thrift = new ThriftWriter(out);
    int outer = thrift.begin();
    thrift.i32(1, 2);
    thrift.list(2, ThriftReader.STRUCT, SchemaWriter.count(schema));
    new SchemaWriter(thrift).root(schema);
    thrift.i64(3, groups.stream().mapToLong(group -> group.rows).sum());
    thrift.list(4, ThriftReader.STRUCT, groups.size());
    for (int i = 0; i < groups.size(); i++) {
      rowGroup(thrift, out, groups.get(i), i);
    }
    thrift.text(6, createdBy);
    int leaves = groups.isEmpty() ? 0 : groups.getFirst().chunks.size();
    thrift.list(7, ThriftReader.STRUCT, leaves);
    for (int i = 0; i < leaves; i++) {
      int order = thrift.begin();
      int type = thrift.struct(1);
      thrift.end(type);
      thrift.end(order);
    }
    thrift.end(outer);
  }

  private static void rowGroup(ThriftWriter thrift, Output out, RowGroup group, int ordinal) {
    int outer = thrift.begin();
    thrift.list(1, ThriftReader.STRUCT, group.chunks.size());
    for (Chunk chunk : group.chunks) {
      int column = thrift.begin();
      thrift.i64(2, 0);
      int metadata = thrift.struct(3);
      // written as a struct of its own, its stop byte included
      out.put(chunk.metadata.bytes, 0, chunk.metadata.length - 1);
      thrift.end(metadata);
      thrift.i64(4, chunk.offsetIndexStart);
      thrift.i32(5, chunk.offsetIndex.length);
      if (chunk.columnIndex.length > 0) {
        thrift.i64(6, chunk.columnIndexStart);
        thrift.i32(7, chunk.columnIndex.length);
      }
      thrift.end(column);
    }
    thrift.i64(2, group.uncompressed);
    thrift.i64(3, group.rows);
    thrift.i64(5, group.start);
    thrift.i64(6, group.compressed);
    thrift.i16(7, ordinal);
    thrift.end(outer);
  }
}
