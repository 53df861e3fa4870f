package io.vivace.block;

import io.vivace.block.parquet.ColumnCursor;
import io.vivace.block.parquet.FileMetadata;
import io.vivace.block.parquet.FooterReader;
import io.vivace.block.parquet.MalformedDataException;
import io.vivace.block.parquet.RangePlan;
import io.vivace.block.parquet.RowGroupReader;
import io.vivace.block.row.BlockFormat;
import io.vivace.block.row.Cursors;
import io.vivace.block.row.TraceAssembler;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An open block: its footer is read, everything else is read when it is asked for. Safe for use by
/// several threads.
///
/// Any damage that is met comes out as [BlockFormatException]; other `IOException`s are those of
/// the [RangeReader].
public final class BlockReader {
  private static final int READ_AHEAD = 256 << 10;
  private static final int TAIL = 8;
  private static final int MAX_FOOTER = 256 << 20;
  private static final String TRACE_ID = "TraceID";

  private final BlockMeta meta;
  private final BlockFormat format;
  private final RangeReader data;
  private final BloomShards bloom;
  private final FileMetadata metadata;
  private final List<RowGroupReader> groups;

  private BlockReader(
      BlockMeta meta,
      BlockFormat format,
      RangeReader data,
      BloomShards bloom,
      FileMetadata metadata) {
    this.meta = meta;
    this.format = format;
    this.data = data;
    this.bloom = bloom;
    this.metadata = metadata;
    List<RowGroupReader> readers = new ArrayList<>();
    for (int i = 0; i < metadata.rowGroups().size(); i++) {
      readers.add(new RowGroupReader(data, metadata, i));
    }
    this.groups = List.copyOf(readers);
  }

  /// Reads the footer of `data` and checks it against the meta.
  ///
  /// @throws BlockFormatException when they do not fit, or for a format that cannot be read
  public static BlockReader open(BlockMeta meta, RangeReader data, BloomShards bloom)
      throws IOException {
    BlockFormat format =
        BlockFormat.of(meta.format())
            .orElseThrow(() ->
                meta.fault(
                    "format: " + meta.format() + " (expected: vParquet3, vParquet4 or vParquet5)"));
    try {
      return new BlockReader(meta, format, data, bloom, footer(meta, data));
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw meta.fault(e);
    }
  }

  private static FileMetadata footer(BlockMeta meta, RangeReader data) throws IOException {
    long size = data.size();
    if (size != meta.size() || size < 2 * TAIL) {
      throw meta.fault(
          "size of data.parquet: " + size + " (expected: " + meta.size() + ", meta's)");
    }
    long length = meta.footerSize();
    if (length <= 0 || length > size - TAIL - 4 || length > MAX_FOOTER) {
      throw meta.fault("footerSize: " + length + " (expected: within " + size + " bytes)");
    }
    byte[] tail = data.read(RangeReader.Kind.FOOTER, size - TAIL - length, (int) length + TAIL);
    int at = (int) length;
    long stored =
        tail[at] & 0xffL
            | (tail[at + 1] & 0xffL) << 8
            | (tail[at + 2] & 0xffL) << 16
            | (tail[at + 3] & 0xffL) << 24;
    if (stored != length) {
      throw meta.fault("footerSize: " + length + " (expected: " + stored + ", the file's)");
    }
    if (!Arrays.equals(tail, at + 4, at + TAIL, new byte[] {'P', 'A', 'R', '1'}, 0, 4)) {
      throw meta.fault("data.parquet: does not end with PAR1 (expected: PAR1)");
    }
    FileMetadata metadata = FooterReader.read(Arrays.copyOf(tail, at), size - TAIL - length);
    if (metadata.rows() != meta.totalObjects()) {
      throw meta.fault(
          "totalObjects: " + meta.totalObjects() + " (expected: " + metadata.rows() + " rows)");
    }
    return metadata;
  }

  /// The block's meta.
  public BlockMeta meta() {
    return meta;
  }

  /// Version of the format, which decides what columns are called.
  public BlockFormat format() {
    return format;
  }

  /// Paths of all leaf columns, in file order.
  public List<String> columns() {
    return List.copyOf(metadata.byPath().keySet());
  }

  /// The true number of row groups, which the meta may exceed by one.
  public int rowGroupCount() {
    return groups.size();
  }

  /// Row group `index`, from 0.
  public RowGroup rowGroup(int index) {
    return new BlockRowGroup(meta, metadata, groups.get(index), index);
  }

  /// Looks a trace up: bloom filter, then bounds of row groups, then the one page of each column
  /// that holds the row.
  public Optional<Trace> find(TraceId id) throws IOException {
    // version 3 puts short ids into the filter without padding them
    boolean padded = format != BlockFormat.VPARQUET3 || id.high() >>> 56 != 0;
    return !padded || inBloom(id) ? findWithoutBloom(id) : Optional.empty();
  }

  private boolean inBloom(TraceId id) throws IOException {
    int shard = BloomFilter.shardOf(id, meta.bloomShardCount());
    return BloomFilter.mayContain(bloom.read(shard), id, meta.tenantId() + "/" + meta.blockId());
  }

  /// The same without asking the bloom filter.
  public Optional<Trace> findWithoutBloom(TraceId id) throws IOException {
    byte[] key = id.toBytes();
    int leaf = leaf(TRACE_ID);
    try {
      for (int i = 0; i < groups.size(); i++) {
        RowGroupReader group = groups.get(i);
        byte[] min = group.chunk(leaf).min();
        byte[] max = group.chunk(leaf).max();
        boolean known = min.length > 0 && max.length > 0;
        if (known
            && (Arrays.compareUnsigned(min, key) > 0 || Arrays.compareUnsigned(max, key) < 0)) {
          continue;
        }
        int row = group.find(leaf, key);
        if (row >= 0) {
          return Optional.of(trace(i, row));
        }
      }
      return Optional.empty();
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw meta.fault(e);
    }
  }

  private Trace trace(int index, int row) throws IOException {
    RowGroupReader group = groups.get(index);
    if (!group.hasPageLocations()) {
      TraceAssembler assembler = assembler(index, READ_AHEAD);
      for (int i = 0; i < row; i++) {
        Trace _ = assembler.next();
      }
      return assembler.next();
    }
    RangePlan plan = new RangePlan();
    for (int leaf = 0; leaf < metadata.leaves().size(); leaf++) {
      if (TraceAssembler.reads(metadata.leaves().get(leaf).path())) {
        group.plan(leaf, row, plan);
      }
    }
    RangeReader pages = plan.read(data);
    return assembler(leaf -> group.cursorAt(pages, leaf, row)).next();
  }

  /// All rows, from the first row group to the last. Memory is bounded by the dictionaries of a row
  /// group and a page of each column.
  ///
  /// @param readAhead bytes to read at once from each column
  public TraceRows rows(int readAhead) {
    return new BlockRows(this, readAhead);
  }

  TraceAssembler assembler(int rowGroup, int readAhead) throws IOException {
    RowGroupReader group = groups.get(rowGroup);
    return assembler(leaf -> group.cursor(leaf, readAhead));
  }

  private TraceAssembler assembler(CursorOpener opener) throws IOException {
    Cursors.Source source =
        new Cursors.Source() {
          @Override
          public ColumnCursor open(String path) throws IOException {
            return opener.open(leaf(path));
          }

          @Override
          public boolean has(String path) {
            return metadata.byPath().containsKey(path);
          }
        };
    return new TraceAssembler(format, meta.dedicatedColumns(), new Cursors(source));
  }

  private interface CursorOpener {
    ColumnCursor open(int leaf) throws IOException;
  }

  private int leaf(String path) throws IOException {
    Integer leaf = metadata.byPath().get(path);
    if (leaf == null) {
      throw meta.fault("column: " + path + " (expected: in the file's schema)");
    }
    return leaf;
  }
}
