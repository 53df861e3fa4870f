package io.vivace.bench;

import io.vivace.block.BlockMeta;
import io.vivace.block.BlockOptions;
import io.vivace.block.BlockReader;
import io.vivace.block.BlockWriter;
import io.vivace.block.ByteArrayRangeReader;
import io.vivace.search.BlockSearch;
import io.vivace.search.LiveTraces;
import io.vivace.search.Searchable;
import io.vivace.search.TraceColumns;
import io.vivace.traceql.Query;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.SearchRequest;
import io.vivace.wire.tempopb.SearchResponse;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Searching all spans of [ShopTraces], in a block and live. Most queries match little or nothing,
/// so that scanning counts and not the making of answers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class SearchBenchmark {
  private static final int TRACES = 3000;

  /// What is asked.
  @Param({
    "{ name = \"nowhere\" }",
    "{ name =~ \".*zz.*\" }",
    "{ span.nowhere = \"x\" }",
    "{ status = error && duration > 10s }",
    "{ resource.service.name != \"\" } >> { name = \"nowhere\" }"
  })
  String query = "{ }";

  private Searchable block = new LiveTraces(List.of());
  private Searchable live = new LiveTraces(List.of());
  private SearchRequest request = SearchRequest.getDefaultInstance();

  /// Makes the traces, the block and the request.
  @Setup
  public void write() throws IOException {
    SortedMap<TraceId, Trace> traces = new ShopTraces(1).traces(TRACES);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    BlockMeta template = BlockMeta.empty(new UUID(1, 1), "bench", List.of());
    List<TraceColumns> columns = new ArrayList<>();
    try (BlockWriter writer = new BlockWriter(template, BlockOptions.DEFAULT, TRACES, data)) {
      for (Map.Entry<TraceId, Trace> trace : traces.entrySet()) {
        writer.add(trace.getKey(), trace.getValue());
        columns.add(TraceColumns.decode(trace.getKey(), trace.getValue()));
      }
      block =
          new BlockSearch(
              BlockReader.open(
                  writer.finish().meta(),
                  new ByteArrayRangeReader(data.toByteArray()),
                  _ -> new byte[0]));
    }
    live = new LiveTraces(columns);
    request = SearchRequest.newBuilder().setQuery(query).setLimit(20).setSpansPerSpanSet(3).build();
    System.out.printf("%d spans%n", ShopTraces.spans(traces));
  }

  /// Scans the block.
  @Benchmark
  public SearchResponse block() throws IOException {
    return block.search(request);
  }

  /// Scans the live traces, whose columns are built already.
  @Benchmark
  public SearchResponse live() throws IOException {
    return live.search(request);
  }

  /// Parses and checks the query.
  @Benchmark
  public Query parse() {
    return Query.parse(query);
  }
}
