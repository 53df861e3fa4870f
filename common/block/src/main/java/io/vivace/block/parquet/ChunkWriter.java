package io.vivace.block.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The finished pages of one column chunk and what is to be said about them.
final class ChunkWriter {
  private static final int MAX_BOUND = 16;
  private static final int MAX_STATISTIC = 1 << 10;

  /// A data page.
  ///
  /// @param offset where it begins, from the first data page
  /// @param size header and compressed body
  /// @param firstRow first row within the row group
  /// @param nulls entries without a value
  /// @param min least value, null when the page has none
  /// @param max greatest value, null when the page has none
  /// @param empty whether all entries are null
  record Page(
      int offset,
      int size,
      int firstRow,
      int nulls,
      byte @Nullable [] min,
      byte @Nullable [] max,
      boolean empty) {}

  private final Leaf leaf;
  final Output pages = new Output(1024);
  final List<Page> list = new ArrayList<>();
  long entries;
  long nulls;
  long uncompressed;
  int encoding;
  int nextRow;

  ChunkWriter(Leaf leaf) {
    this.leaf = leaf;
  }

  void clear() {
    pages.clear();
    list.clear();
    entries = 0;
    nulls = 0;
    uncompressed = 0;
    nextRow = 0;
  }

  /// Least of all pages, null when unknown.
  byte @Nullable [] min(ColumnWriter column) {
    byte[] least = null;
    for (Page page : list) {
      byte[] min = page.min();
      if (min == null && !page.empty()) {
        return null;
      }
      if (min != null && (least == null || column.compare(min, least) < 0)) {
        least = min;
      }
    }
    return least == null || least.length > MAX_STATISTIC ? null : least;
  }

  /// Greatest of all pages, null when unknown.
  byte @Nullable [] max(ColumnWriter column) {
    byte[] greatest = null;
    for (Page page : list) {
      byte[] max = page.max();
      if (max == null && !page.empty()) {
        return null;
      }
      if (max != null && (greatest == null || column.compare(max, greatest) > 0)) {
        greatest = max;
      }
    }
    return greatest == null || greatest.length > MAX_STATISTIC ? null : greatest;
  }

  /// Whether bounds of every page that has values are known; else there must be no column index.
  boolean hasColumnIndex() {
    return list.stream().allMatch(page -> page.empty() || page.min() != null);
  }

  void writeColumnIndex(Output out) {
    ThriftWriter thrift = new ThriftWriter(out);
    int outer = thrift.begin();
    thrift.list(1, ThriftReader.TRUE, list.size());
    for (Page page : list) {
      thrift.boolElement(page.empty());
    }
    thrift.list(2, ThriftReader.BINARY, list.size());
    for (Page page : list) {
      thrift.binaryElement(lower(page.min()));
    }
    thrift.list(3, ThriftReader.BINARY, list.size());
    for (Page page : list) {
      thrift.binaryElement(upper(page.max()));
    }
    thrift.i32(4, leaf.path().equals("TraceID") ? 1 : 0);
    thrift.list(5, ThriftReader.I64, list.size());
    for (Page page : list) {
      thrift.numberElement(page.nulls());
    }
    thrift.end(outer);
  }

  private byte[] lower(byte @Nullable [] min) {
    if (min == null) {
      return new byte[0];
    }
    return shortens(min) ? Arrays.copyOf(min, MAX_BOUND) : min;
  }

  /// A bound that was cut must grow to stay a bound.
  private byte[] upper(byte @Nullable [] max) {
    if (max == null) {
      return new byte[0];
    }
    if (!shortens(max)) {
      return max;
    }
    for (int length = MAX_BOUND; length > 0; length--) {
      if (max[length - 1] != -1) {
        byte[] bound = Arrays.copyOf(max, length);
        bound[length - 1]++;
        return bound;
      }
    }
    return max;
  }

  private boolean shortens(byte[] bound) {
    return leaf.type() == Type.BYTE_ARRAY && bound.length > MAX_BOUND;
  }

  /// @param start where the first data page begins in the file
  void writeOffsetIndex(long start, Output out) {
    ThriftWriter thrift = new ThriftWriter(out);
    int outer = thrift.begin();
    thrift.list(1, ThriftReader.STRUCT, list.size());
    for (Page page : list) {
      int location = thrift.begin();
      thrift.i64(1, start + page.offset());
      thrift.i32(2, page.size());
      thrift.i64(3, page.firstRow());
      thrift.end(location);
    }
    thrift.end(outer);
  }
}
