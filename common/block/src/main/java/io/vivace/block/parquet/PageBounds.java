package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;
import static io.vivace.block.parquet.ThriftReader.BINARY;
import static io.vivace.block.parquet.ThriftReader.LIST;
import static io.vivace.block.parquet.ThriftReader.STOP;
import static io.vivace.block.parquet.ThriftReader.TRUE;

import java.util.Arrays;

/// The column index of a chunk of byte strings: bounds of each page, possibly shortened.
final class PageBounds {
  private static final byte[][] NONE = {};

  private boolean[] nullPages = {};
  private byte[][] min = NONE;
  private byte[][] max = NONE;

  private PageBounds() {}

  static PageBounds read(byte[] bytes, int start, int end, int pages) {
    PageBounds bounds = new PageBounds();
    ThriftReader in = new ThriftReader(bytes, start, end);
    in.beginStruct();
    for (int t = in.nextField(); t != STOP; t = in.nextField()) {
      if (t != LIST || in.field() > 3) {
        in.skip(t);
      } else if (in.field() == 1) {
        bounds.nullPages = new boolean[in.listSize(TRUE)];
        for (int i = 0; i < bounds.nullPages.length; i++) {
          bounds.nullPages[i] = in.unsignedByte() == TRUE;
        }
      } else {
        byte[][] values = new byte[in.listSize(BINARY)][];
        for (int i = 0; i < values.length; i++) {
          values[i] = in.binary();
        }
        bounds.min = in.field() == 2 ? values : bounds.min;
        bounds.max = in.field() == 3 ? values : bounds.max;
      }
    }
    check(bounds.nullPages.length == pages, "null_pages", bounds.nullPages.length, "" + pages);
    check(bounds.min.length == pages, "min_values", bounds.min.length, "" + pages);
    check(bounds.max.length == pages, "max_values", bounds.max.length, "" + pages);
    return bounds;
  }

  /// Whether the page can hold `value`.
  boolean mayHold(int page, byte[] value) {
    return !nullPages[page]
        && Arrays.compareUnsigned(min[page], value) <= 0
        && Arrays.compareUnsigned(max[page], value) >= 0;
  }
}
