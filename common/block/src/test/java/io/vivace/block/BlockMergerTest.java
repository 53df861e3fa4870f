package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.wire.TraceCombiner;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BlockMergerTest {
  @Test
  void mergesReplicasOfRandomTraces() throws IOException {
    for (long seed = 50; seed < 54; seed++) {
      Random random = new Random(seed);
      SortedMap<TraceId, Trace> all = new RandomTraces(seed).traces(120);
      List<SortedMap<TraceId, Trace>> parts =
          List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
      all.forEach((id, trace) -> {
        parts.get(random.nextInt(3)).put(id, trace);
        parts.get(random.nextInt(3)).put(id, trace);
      });
      // a trace that came in two pieces
      TraceId split = all.firstKey();
      Trace other = new RandomTraces(seed + 1000).trace(split);
      parts.getFirst().put(split, other);
      parts.getLast().put(split, Objects.requireNonNull(all.get(split)));
      parts.get(1).remove(split);
      List<TraceRows> sources = new ArrayList<>();
      for (SortedMap<TraceId, Trace> part : parts) {
        sources.add(
            WrittenBlock.of(part, BlockWriterTest.DEDICATED, WrittenBlock.rowGroups(30_000))
                .open()
                .rows(4 << 10));
      }
      ByteArrayOutputStream sink = new ByteArrayOutputStream();
      BlockMeta template =
          BlockMeta.empty(new UUID(3, 3), "t", BlockWriterTest.DEDICATED).withCompactionLevel(1);
      try (BlockWriter writer = new BlockWriter(template, BlockOptions.DEFAULT, 120, sink)) {
        BlockMerger.Result result = new BlockMerger(sources).mergeInto(writer);
        assertThat(result.traces()).as("seed " + seed).isEqualTo(120);
        assertThat(result.combined()).isPositive();
        assertThat(result.duplicates()).isPositive();
        FinishedBlock finished = writer.finish();
        BlockReader merged = new WrittenBlock(sink.toByteArray(), finished).open();
        assertThat(merged.meta().compactionLevel()).isEqualTo(1);
        TraceRows rows = merged.rows(4 << 10);
        for (Map.Entry<TraceId, Trace> trace : all.entrySet()) {
          TraceRow row = Objects.requireNonNull(rows.next());
          Trace expected =
              row.id().equals(split)
                  ? TraceCombiner.combine(List.of(other, trace.getValue()))
                  : trace.getValue();
          assertThat(row.id()).isEqualTo(trace.getKey());
          assertThat(CanonicalTrace.text(row.trace()))
              .as("seed " + seed + " trace " + row.id())
              .isEqualTo(CanonicalTrace.text(expected));
        }
        assertThat(rows.next()).isNull();
      }
    }
  }

  @Test
  void leavesOutRowsWithoutSpans() throws IOException {
    TraceId first = new TraceId(0, 1);
    TraceId second = new TraceId(0, 2);
    Trace trace = new RandomTraces(1).trace(second);
    Iterator<TraceRow> rows =
        List.of(new TraceRow(first, Trace.getDefaultInstance()), new TraceRow(second, trace))
            .iterator();
    BlockMeta template = BlockMeta.empty(new UUID(3, 3), "t", List.of());
    try (BlockWriter writer =
        new BlockWriter(template, BlockOptions.DEFAULT, 2, new ByteArrayOutputStream())) {
      BlockMerger.Result result =
          new BlockMerger(List.of(() -> rows.hasNext() ? rows.next() : null)).mergeInto(writer);
      assertThat(result.traces()).isEqualTo(1);
      assertThat(result.empty()).isEqualTo(1);
    }
  }
}
