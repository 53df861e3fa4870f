package io.vivace.block.parquet;

import static io.vivace.block.parquet.MalformedDataException.check;

import io.vivace.block.ColumnVector;
import io.vivace.block.Dictionary;
import io.vivace.block.RangeReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads columns of one row group. Safe for use by several threads; its cursors are not.
public final class RowGroupReader {
  /// Offset indexes of a row group lie together: read them at once up to this size.
  private static final long INDEX_REGION_LIMIT = 16 << 20;

  private final RangeReader file;
  private final FileMetadata metadata;
  private final RowGroupMetadata group;
  private volatile @Nullable IndexRegion region;

  private record IndexRegion(long start, byte[] bytes) {}

  /// Row group `index` of the file.
  public RowGroupReader(RangeReader file, FileMetadata metadata, int index) {
    this.file = file;
    this.metadata = metadata;
    this.group = metadata.rowGroups().get(index);
  }

  /// Number of rows.
  public int rows() {
    return group.rows();
  }

  /// What the footer says about a column.
  public ChunkMetadata chunk(int leaf) {
    return group.chunks().get(leaf);
  }

  /// Reads and decodes a whole column.
  public ColumnVector column(int leaf) throws IOException {
    ChunkMetadata chunk = chunk(leaf);
    PageStream pages = stream(file, leaf, (int) chunk.compressedSize());
    ColumnBuffer buffer = new ColumnBuffer(metadata.leaves().get(leaf));
    buffer.dictionary = pages.dictionary();
    pages.skipDictionary();
    int rows = 0;
    for (int more = pages.next(buffer); more >= 0; more = pages.next(buffer)) {
      rows += more;
    }
    check(pages.entriesLeft() == 0, "entries missing", pages.entriesLeft(), "0");
    check(rows == rows(), "rows of " + buffer.leaf.path(), rows, "" + rows());
    return buffer.vector();
  }

  /// Reads the dictionary of a column, null when it has none or when values may be missing in it.
  public @Nullable Dictionary dictionary(int leaf) throws IOException {
    if (!chunk(leaf).onlyIds()) {
      return null;
    }
    return new PageStream(file, chunk(leaf), null, 0, new PageDecoder()).dictionary();
  }

  /// A cursor at the first row that reads ahead `window` bytes.
  public ColumnCursor cursor(int leaf, int window) throws IOException {
    PageStream pages = stream(file, leaf, window);
    ColumnBuffer buffer = new ColumnBuffer(metadata.leaves().get(leaf));
    buffer.dictionary = pages.dictionary();
    pages.skipDictionary();
    return new ColumnCursor(pages, buffer, false);
  }

  /// Whether every column has an offset index.
  public boolean hasPageLocations() {
    return group.chunks().stream().allMatch(chunk -> chunk.offsetIndexStart() != 0);
  }

  /// A cursor at `row` that ends with the page which holds it; only for columns with an offset
  /// index.
  ///
  /// @param pageFile where to read dictionary and page from
  public ColumnCursor cursorAt(RangeReader pageFile, int leaf, int row) throws IOException {
    PageLocations locations = locations(leaf);
    if (locations == null) {
      throw new MalformedDataException("offset index: none (expected: one per column)");
    }
    PageStream pages = new PageStream(pageFile, chunk(leaf), locations, 0, new PageDecoder());
    ColumnBuffer buffer = new ColumnBuffer(metadata.leaves().get(leaf));
    buffer.dictionary = pages.dictionary();
    int page = locations.pageOf(row);
    pages.seek(locations, page);
    ColumnCursor cursor = new ColumnCursor(pages, buffer, true);
    cursor.skipRows(row - locations.firstRow(page));
    return cursor;
  }

  /// Notes the byte ranges that [#cursorAt] will read.
  public void plan(int leaf, int row, RangePlan plan) throws IOException {
    ChunkMetadata chunk = chunk(leaf);
    PageLocations locations = locations(leaf);
    if (locations == null) {
      return;
    }
    if (chunk.hasDictionary()) {
      plan.add(chunk.start(), (int) (chunk.dataStart() - chunk.start()));
    }
    int page = locations.pageOf(row);
    plan.add(locations.offset(page), locations.size(page));
  }

  /// The row whose value in a column of sorted byte strings is `value`, or -1.
  public int find(int leaf, byte[] value) throws IOException {
    PageLocations locations = locations(leaf);
    ChunkMetadata chunk = chunk(leaf);
    if (locations == null || chunk.columnIndexStart() == 0) {
      return find(cursor(leaf, (int) chunk.compressedSize()), value);
    }
    byte[] index =
        file.read(
            RangeReader.Kind.COLUMN_INDEX, chunk.columnIndexStart(), chunk.columnIndexLength());
    PageBounds bounds = PageBounds.read(index, 0, index.length, locations.count());
    for (int page = 0; page < locations.count(); page++) {
      if (bounds.mayHold(page, value)) {
        ColumnCursor cursor = cursorAt(file, leaf, locations.firstRow(page));
        int found = find(cursor, value);
        if (found >= 0) {
          return locations.firstRow(page) + found;
        }
      }
    }
    return -1;
  }

  private static int find(ColumnCursor cursor, byte[] value) throws IOException {
    for (int row = 0; !cursor.exhausted(); row++) {
      if (cursor.present() && java.util.Arrays.equals(cursor.bytes(), value)) {
        return row;
      }
      cursor.advance();
    }
    return -1;
  }

  private PageStream stream(RangeReader from, int leaf, int window) throws IOException {
    return new PageStream(from, chunk(leaf), locations(leaf), window, new PageDecoder());
  }

  private @Nullable PageLocations locations(int leaf) throws IOException {
    ChunkMetadata chunk = chunk(leaf);
    if (chunk.offsetIndexStart() == 0) {
      return null;
    }
    IndexRegion all = region();
    long at = chunk.offsetIndexStart() - all.start();
    int length = chunk.offsetIndexLength();
    if (at >= 0 && at + length <= all.bytes().length) {
      return PageLocations.read(all.bytes(), (int) at, (int) at + length, chunk, rows());
    }
    byte[] index = file.read(RangeReader.Kind.OFFSET_INDEX, chunk.offsetIndexStart(), length);
    return PageLocations.read(index, 0, length, chunk, rows());
  }

  private IndexRegion region() throws IOException {
    IndexRegion known = region;
    if (known == null) {
      known = readRegion();
      region = known;
    }
    return known;
  }

  private IndexRegion readRegion() throws IOException {
    long start = Long.MAX_VALUE;
    long end = 0;
    long used = 0;
    for (ChunkMetadata chunk : group.chunks()) {
      if (chunk.offsetIndexStart() != 0) {
        start = Math.min(start, chunk.offsetIndexStart());
        end = Math.max(end, chunk.offsetIndexStart() + chunk.offsetIndexLength());
        used += chunk.offsetIndexLength();
      }
    }
    boolean together = used == end - start && used <= INDEX_REGION_LIMIT;
    return together
        ? new IndexRegion(start, file.read(RangeReader.Kind.OFFSET_INDEX, start, (int) used))
        : new IndexRegion(0, new byte[0]);
  }
}
