package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;
import static io.vivace.block.parquet.ThriftReader.I64;
import static io.vivace.block.parquet.ThriftReader.LIST;
import static io.vivace.block.parquet.ThriftReader.STOP;
import static io.vivace.block.parquet.ThriftReader.STRUCT;

import java.util.Arrays;

/// The offset index of a column chunk: where each data page begins and which row is its first.
/// Checked to fit the chunk.
final class PageLocations {
  private final long[] offsets;
  private final int[] sizes;
  private final int[] firstRows;
  private final int rows;

  private PageLocations(long[] offsets, int[] sizes, int[] firstRows, int rows) {
    this.offsets = offsets;
    this.sizes = sizes;
    this.firstRows = firstRows;
    this.rows = rows;
  }

  static PageLocations read(byte[] bytes, int start, int end, ChunkMetadata chunk, int rows) {
    ThriftReader in = new ThriftReader(bytes, start, end);
    PageLocations found = new PageLocations(new long[0], new int[0], new int[0], rows);
    in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      if (in.field() == 1 && t == LIST) {
        found = pages(in, rows);
      } else {
        in.skip(t);
      }
    }
    found.checkFits(chunk);
    return found;
  }

  private static PageLocations pages(ThriftReader in, int rows) {
    int size = in.listSize(STRUCT);
    long[] offsets = new long[size];
    int[] sizes = new int[size];
    int[] firstRows = new int[size];
    for (int i = 0; i < size; i++) {
      int outer = in.beginStruct();
      for (int t = in.nextField(); t != STOP; t = in.nextField()) {
        switch (in.field()) {
          case 1 -> offsets[i] = in.zigzag();
          case 2 -> sizes[i] = in.i32();
          case 3 -> {
            long row = in.zigzag();
            check(t == I64 && row >= 0 && row <= rows, "first row of a page", row, "0 to " + rows);
            firstRows[i] = (int) row;
          }
          default -> in.skip(t);
        }
      }
      in.endStruct(outer);
    }
    return new PageLocations(offsets, sizes, firstRows, rows);
  }

  private void checkFits(ChunkMetadata chunk) {
    long offset = chunk.dataStart();
    for (int page = 0; page < offsets.length; page++) {
      check(offsets[page] == offset, "page offset", offsets[page], "" + offset);
      check(sizes[page] > 0, "page size", sizes[page], "positive");
      offset += sizes[page];
      int expected = page == 0 ? 0 : firstRows[page - 1];
      check(
          page == 0 ? firstRows[0] == 0 : firstRows[page] > expected,
          "first row of a page",
          firstRows[page],
          "more than " + expected);
    }
    long end = chunk.start() + chunk.compressedSize();
    check(offset == end, "end of the pages", offset, "" + end);
  }

  int count() {
    return offsets.length;
  }

  long offset(int page) {
    return offsets[page];
  }

  int size(int page) {
    return sizes[page];
  }

  int firstRow(int page) {
    return firstRows[page];
  }

  int rowCount(int page) {
    return (page + 1 < firstRows.length ? firstRows[page + 1] : rows) - firstRows[page];
  }

  /// The page that holds `row`.
  int pageOf(int row) {
    int found = Arrays.binarySearch(firstRows, row);
    return found >= 0 ? found : -found - 2;
  }
}
