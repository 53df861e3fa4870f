package io.vivace.block.parquet;

import io.vivace.block.parquet.SchemaNode.Column;
import io.vivace.block.parquet.SchemaNode.Group;
import io.vivace.block.parquet.SchemaNode.Occurrence;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a Parquet file of V1 pages: rows go to column writers, pages are cut between rows, row
/// groups are streamed to the sink as they become full. For one thread; to be closed.
///
/// Pages of all columns are cut at the same rows as far as they are large enough, so that one row
/// can be read with one small page of each column. Memory is bounded by a row group.
public final class TableWriter implements AutoCloseable {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /// A page is full with this many bytes of values; then others are cut if they have the least.
  private static final int FULL_PAGE = 192 << 10;

  private static final int LEAST_PAGE = 24 << 10;

  private final OutputStream sink;
  private final PageWriter pages;
  private final Map<String, ColumnWriter> columns = new LinkedHashMap<>();
  private final Map<String, LevelGroup> groups = new LinkedHashMap<>();
  private final List<LevelGroup> groupList = new ArrayList<>();
  private final List<ColumnWriter> columnList = new ArrayList<>();
  private final int[] pageRows;
  private final FooterWriter footer;
  private long position;
  private long flushedBytes;
  private int rows;
  private boolean started;

  /// A file with the given schema.
  ///
  /// @param codec one of [Codec]'s
  /// @param level of zstd
  /// @param createdBy name of the writing program
  public TableWriter(Group schema, int codec, int level, String createdBy, OutputStream sink) {
    this.sink = sink;
    this.pages = new PageWriter(codec, level);
    LevelGroup root = new LevelGroup(null, 0, 0);
    groups.put("", root);
    groupList.add(root);
    schema.children().forEach(child -> build(child, "", root, 0, 0));
    columnList.addAll(columns.values());
    pageRows = new int[groupList.size()];
    footer = new FooterWriter(schema, codec, createdBy);
  }

  private void build(SchemaNode node, String prefix, LevelGroup group, int r, int d) {
    String path = prefix.isEmpty() ? node.name() : prefix + "." + node.name();
    int repetition = r + (node.occurrence() == Occurrence.REPEATED ? 1 : 0);
    int definition = d + (node.occurrence() == Occurrence.REQUIRED ? 0 : 1);
    switch (node) {
      case Column column ->
          columns.put(
              path, column(column, path, group, column.occurrence(), repetition, definition));
      case Group inner when inner.occurrence() != Occurrence.REPEATED ->
          inner.children().forEach(child -> build(child, path, group, repetition, definition));
      case Group list
          when list.children().getFirst() instanceof Column only && list.children().size() == 1 -> {
        String leaf = path + "." + only.name();
        columns.put(leaf, column(only, leaf, group, Occurrence.REPEATED, repetition, definition));
      }
      case Group repeated -> {
        LevelGroup own = new LevelGroup(group, repetition, definition);
        groups.put(path, own);
        groupList.add(own);
        repeated.children().forEach(child -> build(child, path, own, repetition, definition));
      }
    }
  }

  private static ColumnWriter column(
      Column column, String path, LevelGroup group, Occurrence occurrence, int r, int d) {
    Leaf leaf = new Leaf(path, column.type(), r, d, SchemaWriter.isUnsigned(column));
    return switch (column.type()) {
      case BOOLEAN -> new BooleanColumnWriter(leaf, group, occurrence);
      case DOUBLE -> new DoubleColumnWriter(leaf, group, occurrence);
      case INT32, INT64 ->
          new LongColumnWriter(leaf, group, occurrence, column.values() == SchemaNode.Values.DELTA);
      case BYTE_ARRAY ->
          column.values() == SchemaNode.Values.DICTIONARY
              ? new DictionaryColumnWriter(leaf, group, occurrence)
              : new BinaryColumnWriter(leaf, group, occurrence);
    };
  }

  /// The column called `path`, of the given kind.
  public <T extends ColumnWriter> T column(String path, Class<T> kind) {
    ColumnWriter column = columns.get(path);
    if (column == null) {
      throw new IllegalArgumentException("column: " + path + " (expected: in the schema)");
    }
    return kind.cast(column);
  }

  /// The repeated group called `path`; empty for the row itself.
  public LevelGroup group(String path) {
    LevelGroup group = groups.get(path);
    if (group == null) {
      throw new IllegalArgumentException("group: " + path + " (expected: in the schema)");
    }
    return group;
  }

  /// Columns of the schema in file order.
  public List<Leaf> leaves() {
    return columnList.stream().map(column -> column.leaf).toList();
  }

  /// Ends a row, of which every group must have an element or its absence; returns the size of the
  /// row group so far, in bytes, estimated.
  public long endRow() throws IOException {
    rows++;
    boolean full = false;
    long pending = 0;
    for (int i = 0; i < pageRows.length; i++) {
      pageRows[i]++;
    }
    for (ColumnWriter column : columnList) {
      int bytes = column.bytes();
      full |= bytes >= FULL_PAGE;
      pending += bytes + column.dictionaryBytes();
    }
    if (full) {
      cutPages(LEAST_PAGE);
    }
    // values and dictionaries shrink to about a third
    return flushedBytes + pending / 3;
  }

  private void cutPages(int least) throws IOException {
    for (int i = 0; i < pageRows.length; i++) {
      LevelGroup group = groupList.get(i);
      if (group.count() > 0 && widest(group) >= least) {
        for (ColumnWriter column : group.columns()) {
          int before = column.chunk.pages.length;
          pages.data(column, pageRows[i]);
          flushedBytes += column.chunk.pages.length - before;
        }
        group.clear();
        pageRows[i] = 0;
      }
    }
  }

  private static int widest(LevelGroup group) {
    int widest = group.count();
    for (ColumnWriter column : group.columns()) {
      widest = Math.max(widest, column.bytes());
    }
    return widest;
  }

  /// Ends the row group and hands it to the sink. Nothing happens without rows.
  public void endRowGroup() throws IOException {
    if (rows == 0) {
      return;
    }
    start();
    cutPages(0);
    footer.beginRowGroup(rows, position);
    Output dictionary = new Output(1024);
    for (ColumnWriter column : columnList) {
      dictionary.clear();
      ByteDictionary entries = column.dictionary();
      int uncompressed = entries == null ? 0 : pages.dictionary(entries, dictionary);
      footer.chunk(column, position, dictionary.length, uncompressed);
      write(dictionary);
      write(column.chunk.pages);
      column.clearChunk();
    }
    rows = 0;
    flushedBytes = 0;
  }

  private void start() throws IOException {
    if (!started) {
      sink.write(MAGIC);
      position = MAGIC.length;
      started = true;
    }
  }

  /// Ends the file: indexes, footer, magic. The sink stays open.
  public FileSize finish() throws IOException {
    endRowGroup();
    start();
    Output out = new Output(1 << 16);
    footer.writeIndexes(position, out);
    write(out);
    out.clear();
    footer.write(out);
    int length = out.length;
    out.putInt(length);
    out.put(MAGIC, 0, MAGIC.length);
    write(out);
    return new FileSize(position, length, footer.rowGroups());
  }

  /// Sizes of a finished file.
  ///
  /// @param bytes of the whole file
  /// @param footer bytes of the footer
  /// @param rowGroups number of row groups
  public record FileSize(long bytes, int footer, int rowGroups) {}

  private void write(Output out) throws IOException {
    sink.write(out.bytes, 0, out.length);
    position += out.length;
  }

  @Override
  public void close() {
    pages.close();
  }
}
