package io.vivace.bench;

import io.vivace.block.BinaryVector;
import io.vivace.block.BlockMeta;
import io.vivace.block.BlockOptions;
import io.vivace.block.BlockReader;
import io.vivace.block.BlockWriter;
import io.vivace.block.ByteArrayRangeReader;
import io.vivace.block.FinishedBlock;
import io.vivace.block.LongVector;
import io.vivace.block.RowGroup;
import io.vivace.block.TraceRow;
import io.vivace.block.TraceRows;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Writing and reading whole blocks. One operation handles all spans of [ShopTraces], whose number
/// is printed at the start.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class BlockBenchmark {
  private static final int TRACES = 3000;
  private static final String SPAN = "rs.list.element.ss.list.element.Spans.list.element";

  private SortedMap<TraceId, Trace> traces = new ShopTraces(1).traces(TRACES);
  private byte[] data = {};
  private BlockMeta meta = BlockMeta.empty(new UUID(1, 1), "bench", List.of());

  /// Writes the block that is read.
  @Setup
  public void write() throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    meta = encode(sink).meta();
    data = sink.toByteArray();
    long spans = ShopTraces.spans(traces);
    System.out.printf("%d spans, %.1f bytes each%n", spans, (double) data.length / spans);
  }

  /// Encodes all traces into a block.
  @Benchmark
  public FinishedBlock encode() throws IOException {
    return encode(OutputStream.nullOutputStream());
  }

  private FinishedBlock encode(OutputStream sink) throws IOException {
    BlockMeta template = BlockMeta.empty(new UUID(1, 1), "bench", List.of());
    try (BlockWriter writer = new BlockWriter(template, BlockOptions.DEFAULT, TRACES, sink)) {
      for (Map.Entry<TraceId, Trace> trace : traces.entrySet()) {
        writer.add(trace.getKey(), trace.getValue());
      }
      return writer.finish();
    }
  }

  /// Decodes the columns of a search: attribute keys and values, names, durations.
  @Benchmark
  public long scan() throws IOException {
    BlockReader block = BlockReader.open(meta, new ByteArrayRangeReader(data), _ -> new byte[0]);
    long sum = 0;
    for (int i = 0; i < block.rowGroupCount(); i++) {
      RowGroup group = block.rowGroup(i);
      if (group.column(SPAN + ".DurationNano") instanceof LongVector durations) {
        for (long duration : durations.values()) {
          sum += duration;
        }
      }
      for (String path :
          List.of(".Name", ".Attrs.list.element.Key", ".Attrs.list.element.Value.list.element")) {
        if (group.column(SPAN + path) instanceof BinaryVector texts) {
          for (int id : texts.ids()) {
            sum += id;
          }
        }
      }
    }
    return sum;
  }

  /// Puts all traces together again, as compaction does.
  @Benchmark
  public long assemble() throws IOException {
    BlockReader block = BlockReader.open(meta, new ByteArrayRangeReader(data), _ -> new byte[0]);
    TraceRows rows = block.rows(256 << 10);
    long resources = 0;
    for (TraceRow row = rows.next(); row != null; row = rows.next()) {
      resources += row.trace().getResourceSpansCount();
    }
    return resources;
  }

  /// Finds one trace in the middle.
  @Benchmark
  public boolean find() throws IOException {
    BlockReader block = BlockReader.open(meta, new ByteArrayRangeReader(data), _ -> new byte[0]);
    return block.findWithoutBloom(traces.firstKey()).isPresent();
  }
}
