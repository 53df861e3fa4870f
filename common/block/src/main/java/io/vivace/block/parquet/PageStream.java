package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;

import io.vivace.block.Dictionary;
import io.vivace.block.RangeReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Walks over the pages of a column chunk and decodes them one by one, reading the file in windows.
/// For one thread.
final class PageStream {
  private static final int HEADER_GUESS = 1 << 10;
  private static final int HEADER_LIMIT = 1 << 20;

  private final RangeReader file;
  private final ChunkMetadata chunk;
  private final @Nullable PageLocations locations;
  private final int window;
  private final PageHeader header = new PageHeader();
  private final PageDecoder decoder;
  private final long end;
  private byte[] bytes = {};
  private long bytesStart;
  private long position;
  private long entriesLeft;
  private int page;

  /// @param locations the chunk's offset index, against which pages are checked
  /// @param window bytes to read at once, except for larger pages
  PageStream(
      RangeReader file,
      ChunkMetadata chunk,
      @Nullable PageLocations locations,
      int window,
      PageDecoder decoder) {
    this.file = file;
    this.chunk = chunk;
    this.locations = locations;
    this.window = window;
    this.decoder = decoder;
    this.position = chunk.start();
    this.bytesStart = position;
    this.end = chunk.start() + chunk.compressedSize();
    this.entriesLeft = chunk.values();
  }

  /// Reads the dictionary page if the chunk has one.
  @Nullable Dictionary dictionary() throws IOException {
    if (!chunk.hasDictionary()) {
      return null;
    }
    position = chunk.start();
    long stop = chunk.dataStart();
    require((int) (stop - position), stop);
    header.read(bytes, at(), at() + (int) (stop - position));
    check(header.type == PageHeader.DICTIONARY, "page type", header.type, "2, dictionary");
    long length = (long) header.length + header.compressedSize;
    check(length == stop - position, "length of the dictionary page", length, "up to the data");
    checkUncompressed();
    Dictionary dictionary = decoder.dictionary(header, chunk.codec(), bytes, at() + header.length);
    position = stop;
    return dictionary;
  }

  /// Goes to the first data page.
  void skipDictionary() {
    position = chunk.dataStart();
  }

  /// Goes to data page `number`; only for chunks with locations.
  void seek(PageLocations where, int number) {
    position = where.offset(number);
    page = number;
  }

  /// Appends the next data page to `target`; -1 at the end of the chunk, else the number of rows.
  int next(ColumnBuffer target) throws IOException {
    if (position >= end) {
      check(locations == null || page == locations.count(), "pages", page, "the offset index's");
      return -1;
    }
    readHeader();
    check(header.type != PageHeader.DICTIONARY, "page type", header.type, "a data page");
    check(header.values <= entriesLeft, "num_values", header.values, "at most " + entriesLeft);
    check(header.values > 0, "num_values", header.values, "at least 1");
    int length = header.length + header.compressedSize;
    checkUncompressed();
    require(length, end);
    int rows = decoder.data(header, chunk.codec(), bytes, at() + header.length, target);
    if (locations != null) {
      check(page < locations.count(), "pages", page, "the offset index's");
      check(locations.offset(page) == position, "page offset", position, "the offset index's");
      check(locations.size(page) == length, "page size", length, "the offset index's");
      check(locations.rowCount(page) == rows, "rows of a page", rows, "the offset index's");
    }
    position += length;
    entriesLeft -= header.values;
    page++;
    return rows;
  }

  /// Entries of pages not yet decoded, by the footer.
  long entriesLeft() {
    return entriesLeft;
  }

  private void checkUncompressed() {
    long whole = chunk.uncompressedSize();
    check(header.uncompressedSize <= whole, "page size", header.uncompressedSize, "" + whole);
  }

  private void readHeader() throws IOException {
    long left = end - position;
    for (int guess = HEADER_GUESS; ; guess *= 8) {
      int size = (int) Math.min(left, guess);
      require(size, end);
      try {
        header.read(bytes, at(), at() + size);
        break;
      } catch (MalformedDataException e) {
        if (size == left || guess >= HEADER_LIMIT) {
          throw e;
        }
      }
    }
    long length = (long) header.length + header.compressedSize;
    check(length <= left, "page size", length, "at most " + left);
  }

  private int at() {
    return (int) (position - bytesStart);
  }

  /// Makes `length` bytes from the position available, and reads ahead up to `stop`.
  private void require(int length, long stop) throws IOException {
    if (position >= bytesStart && position + length <= bytesStart + bytes.length) {
      return;
    }
    int size = (int) Math.min(stop - position, Math.max(length, window));
    bytes = file.read(position, size);
    bytesStart = position;
  }
}
