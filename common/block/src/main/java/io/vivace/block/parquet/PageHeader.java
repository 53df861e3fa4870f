package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;
import static io.vivace.block.parquet.ThriftReader.FALSE;
import static io.vivace.block.parquet.ThriftReader.STOP;
import static io.vivace.block.parquet.ThriftReader.STRUCT;

/// Header of a page. Reused from page to page.
final class PageHeader {
  static final int DATA = 0;
  static final int DICTIONARY = 2;
  static final int DATA_V2 = 3;

  /// Dictionaries are single pages and have no bound of their own.
  private static final int MAX_SIZE = 1 << 30;

  int type;
  int uncompressedSize;
  int compressedSize;
  boolean hasChecksum;
  int checksum;
  int values;
  int encoding;
  int nulls;
  int rows;
  int definitionLength;
  int repetitionLength;
  boolean compressed;

  /// Bytes of the header itself.
  int length;

  /// Parses the header at `start`.
  void read(byte[] bytes, int start, int end) {
    type = -1;
    uncompressedSize = -1;
    compressedSize = -1;
    hasChecksum = false;
    values = -1;
    encoding = -1;
    nulls = -1;
    rows = -1;
    definitionLength = 0;
    repetitionLength = 0;
    compressed = true;
    ThriftReader in = new ThriftReader(bytes, start, end);
    in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      switch (in.field()) {
        case 1 -> type = in.i32();
        case 2 -> uncompressedSize = in.i32();
        case 3 -> compressedSize = in.i32();
        case 4 -> {
          hasChecksum = true;
          checksum = in.i32();
        }
        case 5, 7, 8 -> details(in, t, in.field());
        default -> in.skip(t);
      }
    }
    length = in.position() - start;
    checkSizes();
  }

  private void details(ThriftReader in, int fieldType, int kind) {
    check(fieldType == STRUCT, "page header field type", fieldType, "struct");
    check(kind == expectedKind(), "page header kind", kind, "" + expectedKind());
    int outer = in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      if (in.field() == 1) {
        values = in.i32();
      } else if (kind == 8) {
        detailV2(in, t);
      } else if (in.field() == 2) {
        encoding = in.i32();
      } else if (kind == 5 && (in.field() == 3 || in.field() == 4)) {
        int levels = in.i32();
        check(levels == Encoding.RLE, "encoding of levels", levels, "3, RLE");
      } else {
        in.skip(t);
      }
    }
    in.endStruct(outer);
  }

  private void detailV2(ThriftReader in, int t) {
    switch (in.field()) {
      case 2 -> nulls = in.i32();
      case 3 -> rows = in.i32();
      case 4 -> encoding = in.i32();
      case 5 -> definitionLength = in.i32();
      case 6 -> repetitionLength = in.i32();
      case 7 -> compressed = t != FALSE;
      default -> in.skip(t);
    }
  }

  private int expectedKind() {
    return switch (type) {
      case DATA -> 5;
      case DICTIONARY -> 7;
      case DATA_V2 -> 8;
      default -> -1;
    };
  }

  private void checkSizes() {
    check(expectedKind() > 0, "page type", type, "0, 2 or 3");
    check(compressedSize >= 0, "compressed_page_size", compressedSize, "not negative");
    check(
        uncompressedSize >= 0 && uncompressedSize <= MAX_SIZE,
        "uncompressed_page_size",
        uncompressedSize,
        "up to 1 GiB");
    check(values >= 0, "num_values", values, "not negative");
    check(encoding >= 0, "encoding", encoding, "not negative");
    if (type == DATA_V2) {
      check(nulls >= 0 && nulls <= values, "num_nulls", nulls, "0 to " + values);
      check(rows >= 0 && rows <= values, "num_rows", rows, "0 to " + values);
      long levels = (long) definitionLength + repetitionLength;
      check(definitionLength >= 0 && repetitionLength >= 0, "levels", levels, "not negative");
      check(levels <= compressedSize, "levels", levels, "at most " + compressedSize);
      check(levels <= uncompressedSize, "levels", levels, "at most " + uncompressedSize);
    }
  }
}
