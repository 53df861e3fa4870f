package io.vivace.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.opentelemetry.proto.trace.v1.TracesData;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What Tempo was given, written by us, holds the same as what Tempo wrote: traces and, column by
/// column, levels and values.
final class BlockWriterGoldenTest {
  @TestFactory
  Stream<DynamicTest> writesTheSameColumnsAsTempo() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path variant : Corpus.variants()) {
      if (!Corpus.isReadable(variant)) {
        continue;
      }
      Path fixture = Objects.requireNonNull(variant.getParent());
      if (Corpus.block(variant).meta().format().equals(BlockMeta.VPARQUET4)) {
        String name = Corpus.folder().relativize(variant).toString();
        tests.add(dynamicTest(name, () -> check(variant, fixture)));
      }
    }
    return tests.stream();
  }

  private static void check(Path variant, Path fixture) throws IOException {
    BlockReader tempo = Corpus.block(variant);
    SortedMap<TraceId, Trace> input = new TreeMap<>();
    for (TracesData data : Corpus.input(fixture)) {
      Trace trace = Trace.newBuilder().addAllResourceSpans(data.getResourceSpansList()).build();
      Trace before = input.putIfAbsent(id(trace), trace);
      assertThat(before).isNull();
    }
    WrittenBlock written =
        WrittenBlock.of(input, tempo.meta().dedicatedColumns(), WrittenBlock.rowGroups(400_000));
    BlockReader ours = written.open();
    assertThat(ours.columns()).isEqualTo(tempo.columns());
    TraceRows expected = tempo.rows(64 << 10);
    TraceRows actual = ours.rows(64 << 10);
    Set<Integer> leftovers = new HashSet<>();
    int number = 0;
    for (TraceRow row = expected.next(); row != null; row = expected.next(), number++) {
      TraceRow own = Objects.requireNonNull(actual.next());
      assertThat(own.id()).isEqualTo(row.id());
      // Tempo gives a trace without a resource the attributes of the row before
      if (input.getOrDefault(row.id(), Trace.getDefaultInstance()).getResourceSpansList().stream()
          .anyMatch(resource -> !resource.hasResource())) {
        leftovers.add(number);
        continue;
      }
      assertThat(CanonicalTrace.text(own.trace()))
          .as(row.id().toString())
          .isEqualTo(CanonicalTrace.text(row.trace()));
    }
    assertThat(actual.next()).isNull();
    assertThat(ours.meta().startTime()).isEqualTo(tempo.meta().startTime());
    assertThat(ours.meta().endTime()).isEqualTo(tempo.meta().endTime());
    ColumnEntries.assertSame(tempo, ours, leftovers);
  }

  private static TraceId id(Trace trace) {
    return TraceId.of(
        trace.getResourceSpans(0).getScopeSpans(0).getSpans(0).getTraceId().toByteArray());
  }
}
