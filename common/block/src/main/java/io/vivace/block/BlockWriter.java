package io.vivace.block;

import io.vivace.block.parquet.TableWriter;
import io.vivace.block.row.TraceShredder;
import io.vivace.block.row.TraceSummary;
import io.vivace.block.row.VParquet4Schema;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a block in vParquet4. Row groups stream into the sink as they become full, so memory is
/// bounded by one row group. For one thread; to be closed.
public final class BlockWriter implements AutoCloseable {
  private static final String CREATED_BY = "vivace";
  private static final int ZSTD_LEVEL = 1;
  private static final long NANOS = 1_000_000_000L;

  private final BlockMeta template;
  private final List<DedicatedColumn> dedicated;
  private final BlockOptions options;
  private final TableWriter table;
  private final TraceShredder shredder;
  private final BloomFilter bloom;
  private final List<TraceId> lastIds = new ArrayList<>();
  private @Nullable TraceId last;
  private long traces;
  private long startSeconds;
  private long endSeconds;

  /// Begins a block.
  ///
  /// @param template identity, dedicated columns, level and replication factor of the block; times
  ///   that are set stay, others follow from the spans
  /// @param expectedTraces how many traces the bloom filter is made for
  /// @param sink takes `data.parquet`; stays open
  public BlockWriter(
      BlockMeta template, BlockOptions options, long expectedTraces, OutputStream sink) {
    this.template = template;
    this.options = options;
    this.dedicated = DedicatedColumns.forVParquet4(template.dedicatedColumns());
    this.table =
        new TableWriter(
            VParquet4Schema.SCHEMA, options.codec().code(), ZSTD_LEVEL, CREATED_BY, sink);
    this.shredder = new TraceShredder(table, dedicated);
    this.bloom =
        BloomFilter.create(expectedTraces, options.bloomFalsePositive(), options.bloomShardBytes());
  }

  /// Adds a trace.
  ///
  /// @throws IllegalArgumentException when `id` does not ascend or the trace has no span
  public void add(TraceId id, Trace trace) throws IOException {
    if (last != null && last.compareTo(id) >= 0) {
      throw new IllegalArgumentException("trace id: " + id + " (expected: after " + last + ")");
    }
    TraceSummary summary = TraceSummary.of(id, trace);
    if (summary.spans() == 0) {
      throw new IllegalArgumentException("trace " + id + ": no spans (expected: at least one)");
    }
    shredder.add(id, trace, summary);
    last = id;
    traces++;
    bloom.add(id);
    widen(summary);
    if (table.endRow() >= options.rowGroupBytes()) {
      endRowGroup(id);
    }
  }

  private void widen(TraceSummary summary) {
    long start = Long.divideUnsigned(summary.start(), NANOS);
    long end = Long.divideUnsigned(summary.end(), NANOS);
    startSeconds = startSeconds == 0 || start != 0 && start < startSeconds ? start : startSeconds;
    endSeconds = Math.max(endSeconds, end);
  }

  private void endRowGroup(TraceId id) throws IOException {
    table.endRowGroup();
    lastIds.add(id);
  }

  /// Number of traces so far.
  public long traces() {
    return traces;
  }

  /// Ends `data.parquet`.
  ///
  /// @throws IllegalStateException for a block without traces, which must not be stored
  public FinishedBlock finish() throws IOException {
    TraceId greatest = last;
    if (greatest == null) {
      throw new IllegalStateException(
          "block " + template.blockId() + ": no traces (expected: at least one)");
    }
    if (lastIds.isEmpty() || !lastIds.getLast().equals(greatest)) {
      endRowGroup(greatest);
    }
    TableWriter.FileSize file = table.finish();
    BlockMeta meta =
        template.withContent(
            traces, file.bytes(), file.rowGroups(), bloom.shardCount(), file.footer(), dedicated);
    boolean timed = !template.endTime().equals(BlockMeta.NO_TIME);
    BlockMeta whole =
        timed
            ? meta
            : meta.withTimes(
                Instant.ofEpochSecond(startSeconds), Instant.ofEpochSecond(endSeconds));
    return new FinishedBlock(whole, bloom, index());
  }

  /// The last id of each row group.
  private byte[] index() {
    Base64.Encoder base64 = Base64.getEncoder();
    return lastIds.stream()
        .map(id -> "\"" + base64.encodeToString(id.toBytes()) + "\"")
        .collect(Collectors.joining(",", "{\"rowGroups\":[", "]}"))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    table.close();
  }
}
