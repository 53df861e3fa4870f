package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;
import static io.vivace.block.parquet.ThriftReader.BINARY;
import static io.vivace.block.parquet.ThriftReader.STOP;
import static io.vivace.block.parquet.ThriftReader.STRUCT;

/// Collects the fields of one column chunk while the footer is parsed.
final class ChunkFields {
  private static final byte[] NONE = {};

  /// Far more than any row group has: bounds what a damaged file can make us allocate.
  private static final long MAX_VALUES = 1 << 28;

  long offsetIndexStart;
  long offsetIndexLength;
  long columnIndexStart;
  long columnIndexLength;
  private int type = -1;
  private int codec = -1;
  private long values = -1;
  private long uncompressed = -1;
  private long compressed = -1;
  private long dataStart = -1;
  private long dictionaryStart;
  private byte[] min = NONE;
  private byte[] max = NONE;
  private int pathParts;

  /// Whether some data page holds values instead of ids.
  private boolean otherPages;

  void metadata(ThriftReader in, int fieldType, Leaf leaf) {
    check(fieldType == STRUCT, "column metadata type", fieldType, "struct");
    int outer = in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      switch (in.field()) {
        case 1 -> type = in.i32();
        case 3 -> path(in, leaf);
        case 4 -> codec = in.i32();
        case 5 -> values = in.zigzag();
        case 6 -> uncompressed = in.zigzag();
        case 7 -> compressed = in.zigzag();
        case 9 -> dataStart = in.zigzag();
        case 11 -> dictionaryStart = in.zigzag();
        case 12 -> statistics(in);
        case 13 -> encodings(in);
        default -> in.skip(t);
      }
    }
    in.endStruct(outer);
  }

  private void path(ThriftReader in, Leaf leaf) {
    StringBuilder path = new StringBuilder();
    int size = in.listSize(BINARY);
    for (int i = 0; i < size; i++) {
      path.append(i == 0 ? "" : ".").append(in.text());
    }
    pathParts = size;
    if (!path.toString().equals(leaf.path())) {
      throw new MalformedDataException(
          "path_in_schema: " + path + " (expected: " + leaf.path() + ")");
    }
  }

  /// How many pages of each type have which encoding.
  private void encodings(ThriftReader in) {
    int size = in.listSize(STRUCT);
    for (int i = 0; i < size; i++) {
      int page = -1;
      int encoding = -1;
      int outer = in.beginStruct();
      for (int t = in.nextField(); t != STOP; t = in.nextField()) {
        switch (in.field()) {
          case 1 -> page = in.i32();
          case 2 -> encoding = in.i32();
          default -> in.skip(t);
        }
      }
      in.endStruct(outer);
      boolean ids = encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
      otherPages |= page != PageHeader.DICTIONARY && !ids;
    }
  }

  private void statistics(ThriftReader in) {
    int outer = in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      if (in.field() == 5 && t == BINARY) {
        max = in.binary();
      } else if (in.field() == 6 && t == BINARY) {
        min = in.binary();
      } else {
        in.skip(t);
      }
    }
    in.endStruct(outer);
  }

  ChunkMetadata checked(Leaf leaf, long pagesEnd) {
    check(pathParts > 0, "path_in_schema parts", pathParts, "at least 1");
    check(type == leaf.type().code(), leaf.path() + " type", type, "" + leaf.type().code());
    Codec.check(codec);
    check(values >= 0 && values <= MAX_VALUES, leaf.path() + " values", values, "28 bits");
    boolean dictionary = dictionaryStart > 0 && dictionaryStart < dataStart;
    long start = dictionary ? dictionaryStart : dataStart;
    range(leaf, "pages", start, compressed, pagesEnd);
    check(compressed <= Integer.MAX_VALUE - 8, leaf.path() + " size", compressed, "31 bits");
    check(uncompressed >= 0, leaf.path() + " uncompressed size", uncompressed, "positive");
    check(dataStart - start <= compressed, leaf.path() + " data page", dataStart, "in the chunk");
    if (offsetIndexStart != 0) {
      range(leaf, "offset index", offsetIndexStart, offsetIndexLength, pagesEnd);
    }
    if (columnIndexStart != 0) {
      range(leaf, "column index", columnIndexStart, columnIndexLength, pagesEnd);
    }
    return new ChunkMetadata(
        codec,
        values,
        uncompressed,
        compressed,
        start,
        dataStart,
        dictionary,
        dictionary && !otherPages,
        min,
        max,
        offsetIndexStart,
        (int) offsetIndexLength,
        columnIndexStart,
        (int) columnIndexLength);
  }

  private static void range(Leaf leaf, String what, long start, long length, long end) {
    check(start >= 4 && start <= end, leaf.path() + " " + what + " start", start, "in the file");
    check(
        length >= 0 && length <= end - start && length <= Integer.MAX_VALUE,
        leaf.path() + " " + what + " length",
        length,
        "in the file");
  }
}
