package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BlockWriterTest {
  static final List<DedicatedColumn> DEDICATED =
      List.of(
          DedicatedColumn.of(DedicatedColumn.RESOURCE, "ded.res"),
          DedicatedColumn.of(DedicatedColumn.SPAN, "ded.one"));

  @Test
  void givesRandomTracesBack() throws IOException {
    for (int round = 0; round < 12; round++) {
      long seed = 1000L + round;
      SortedMap<TraceId, Trace> traces = new RandomTraces(seed).traces(1 + round * 30);
      BlockOptions options =
          new BlockOptions(
              round % 2 == 0 ? 20_000 : 32_000_000,
              BlockOptions.Compression.values()[round % 3],
              0.01,
              1024);
      BlockReader block = WrittenBlock.of(traces, DEDICATED, options).open();
      if (round > 4 && round % 2 == 0) {
        assertThat(block.rowGroupCount()).as("seed " + seed).isGreaterThan(1);
      }
      TraceRows rows = block.rows(1 << 10);
      for (Map.Entry<TraceId, Trace> trace : traces.entrySet()) {
        TraceRow row = Objects.requireNonNull(rows.next());
        assertThat(row.id()).isEqualTo(trace.getKey());
        assertThat(CanonicalTrace.text(row.trace()))
            .as("seed " + seed + " trace " + row.id())
            .isEqualTo(CanonicalTrace.text(trace.getValue()));
        assertThat(block.find(row.id())).contains(row.trace());
      }
      assertThat(rows.next()).isNull();
      assertThat(block.find(new TraceId(1, 1))).isEmpty();
    }
  }

  @Test
  void readsSinglePagesOfLongColumnsForOneTrace() throws IOException {
    SortedMap<TraceId, Trace> traces = new RandomTraces(5).traces(3000);
    WrittenBlock written = WrittenBlock.of(traces, DEDICATED, BlockOptions.DEFAULT);
    long[] bytes = {0};
    ByteArrayRangeReader data = new ByteArrayRangeReader(written.data());
    RangeReader counting =
        new RangeReader() {
          @Override
          public byte[] read(long offset, int length) throws IOException {
            bytes[0] += length;
            return data.read(offset, length);
          }

          @Override
          public long size() {
            return data.size();
          }
        };
    BlockReader block =
        BlockReader.open(
            written.finished().meta(), counting, shard -> written.finished().bloom().file(shard));
    assertThat(block.rowGroupCount()).isEqualTo(1);
    bytes[0] = 0;
    assertThat(block.find(traces.lastKey())).isPresent();
    assertThat(bytes[0]).isLessThan(written.data().length);
  }

  @Test
  void recordsTheLastIdOfEachRowGroup() throws IOException {
    SortedMap<TraceId, Trace> traces = new RandomTraces(6).traces(200);
    WrittenBlock written = WrittenBlock.of(traces, DEDICATED, WrittenBlock.rowGroups(20_000));
    BlockReader block = written.open();
    String index = new String(written.finished().index(), StandardCharsets.UTF_8);
    assertThat(Corpus.JSON.readTree(index).get("rowGroups").size())
        .isEqualTo(block.rowGroupCount());
    BlockMeta meta = written.finished().meta();
    assertThat(meta.totalRecords()).isEqualTo(block.rowGroupCount());
    assertThat(meta.totalObjects()).isEqualTo(200);
    assertThat(meta.size()).isEqualTo(written.data().length);
    assertThat(BlockMeta.parse(meta.toJson(), "test")).isEqualTo(meta);
  }

  @Test
  void rejectsIdsThatDoNotAscendAndTracesWithoutSpans() throws IOException {
    TraceId id = new TraceId(1, 2);
    Trace trace = new RandomTraces(7).trace(id);
    BlockMeta template = BlockMeta.empty(new UUID(1, 1), "t", List.of());
    try (BlockWriter writer =
        new BlockWriter(template, BlockOptions.DEFAULT, 1, OutputStream.nullOutputStream())) {
      writer.add(id, trace);
      assertThatThrownBy(() -> writer.add(id, trace)).hasMessageContaining("expected: after");
      assertThatThrownBy(() -> writer.add(new TraceId(1, 3), Trace.getDefaultInstance()))
          .hasMessageContaining("no spans");
    }
  }
}
