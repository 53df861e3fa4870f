package io.vivace.compactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vivace.block.BlockMeta;
import io.vivace.block.BlockOptions;
import io.vivace.block.BlockReader;
import io.vivace.block.BlockWriter;
import io.vivace.block.FinishedBlock;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.storage.LocalObjectStore;
import io.vivace.testkit.ManualClock;
import io.vivace.testkit.Traces;
import io.vivace.wire.TraceId;
import io.vivace.wire.tempopb.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {
  private static final String TENANT = "single-tenant";
  private static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");

  private final ManualClock clock = new ManualClock(NOW);

  @TempDir private Path folder;
  private BlockStore blocks = new BlockStore(new LocalObjectStore(Path.of("unused")));
  private BlockList list = BlockList.of(blocks, clock, Duration.ofMinutes(10));

  @BeforeEach
  void open() {
    blocks = new BlockStore(new LocalObjectStore(folder.resolve("store")));
    list = BlockList.of(blocks, clock, Duration.ofMinutes(10));
  }

  @Test
  void mergesBlocksOfAWindowAndDropsDuplicateSpans() throws IOException {
    write(Map.of(id(1), trace(1, 3), id(2), trace(2, 2)));
    write(Map.of(id(2), trace(2, 4), id(3), trace(3, 1)));
    compactor(Duration.ZERO).cycle();
    list.poll();
    List<BlockMeta> live = live();
    assertThat(live).hasSize(1);
    assertThat(live.getFirst().compactionLevel()).isEqualTo(1);
    BlockReader merged = blocks.open(live.getFirst());
    assertThat(Traces.spans(merged.find(id(1)).orElseThrow())).isEqualTo(3);
    assertThat(Traces.spans(merged.find(id(2)).orElseThrow())).isEqualTo(4);
    assertThat(Traces.spans(merged.find(id(3)).orElseThrow())).isEqualTo(1);
    assertThat(compacted()).hasSize(2);
  }

  @Test
  void keepsReadingReplacedBlocksUntilEverybodyKnowsTheNewOne() throws IOException {
    write(Map.of(id(1), trace(1, 3)));
    write(Map.of(id(2), trace(2, 3)));
    compactor(Duration.ZERO).cycle();
    list.poll();
    assertThat(list.toRead(TENANT)).hasSize(3);
    // the store's clock is that of the machine: move ours far past it
    ManualClock later = new ManualClock(Instant.now().plus(Duration.ofDays(1)));
    BlockList afterwards = BlockList.of(blocks, later, Duration.ofMinutes(10));
    afterwards.poll();
    assertThat(afterwards.toRead(TENANT)).hasSize(1);
  }

  @Test
  void finishesWhatACrashLeft() throws IOException {
    BlockMeta first = write(Map.of(id(1), trace(1, 3)));
    BlockMeta second = write(Map.of(id(1), trace(1, 5)));
    Compaction compaction = compaction();
    BlockMeta merged = compaction.merge(List.of(first, second));
    // as if the process had died after the new block was there and before the old ones were marked
    for (BlockMeta old : List.of(first, second)) {
      String prefix = TENANT + "/" + old.blockId() + "/";
      blocks.objects().write(prefix + "meta.json", old.toJson());
      blocks.objects().delete(prefix + "meta.compacted.json");
    }
    for (int i = 0; i < 4; i++) {
      compactor(Duration.ZERO).cycle();
    }
    list.poll();
    assertThat(merged.totalObjects()).isEqualTo(1);
    int spans = 0;
    for (BlockMeta meta : live()) {
      spans = Math.max(spans, Traces.spans(blocks.open(meta).find(id(1)).orElseThrow()));
      assertThat(Traces.spans(blocks.open(meta).find(id(1)).orElseThrow())).isEqualTo(5);
    }
    assertThat(spans).isEqualTo(5);
  }

  @Test
  void doesNotTakeAnUnfinishedBlockForABlock() throws IOException {
    BlockMeta meta = write(Map.of(id(1), trace(1, 3)));
    blocks.objects().delete(TENANT + "/" + meta.blockId() + "/meta.json");
    compactor(Duration.ZERO).cycle();
    assertThat(live()).isEmpty();
  }

  @Test
  void removesBlocksPastTheirRetentionInTwoSteps() throws IOException {
    write(Map.of(id(1), trace(1, 3)));
    clock.advance(Duration.ofDays(15));
    compactor(Duration.ofDays(14)).cycle();
    list.poll();
    assertThat(live()).isEmpty();
    assertThat(compacted()).hasSize(1);
    clock.advance(Duration.ofDays(30 * 365));
    compactor(Duration.ofDays(14)).cycle();
    assertThat(blocks.tenants()).isEmpty();
  }

  @Test
  void leavesTheInputsWhenOneIsDamaged() throws IOException {
    BlockMeta first = write(Map.of(id(1), trace(1, 3)));
    BlockMeta second = write(Map.of(id(2), trace(2, 3)));
    String data = TENANT + "/" + second.blockId() + "/data.parquet";
    blocks.objects().write(data, new byte[(int) second.size()]);
    assertThatThrownBy(() -> compaction().merge(List.of(first, second)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(second.blockId().toString());
    list.poll();
    assertThat(live()).hasSize(2);
  }

  private List<BlockMeta> live() {
    BlockList.Tenant tenant = list.tenants().get(TENANT);
    return tenant == null ? List.of() : tenant.live();
  }

  private List<BlockStore.Compacted> compacted() {
    BlockList.Tenant tenant = list.tenants().get(TENANT);
    return tenant == null ? List.of() : tenant.compacted();
  }

  private Compaction compaction() {
    return new Compaction(
        blocks, folder.resolve("scratch"), BlockOptions.DEFAULT, UUID::randomUUID);
  }

  private Compactor compactor(Duration retention) {
    CompactionSettings settings =
        new CompactionSettings(
            Duration.ofHours(1), 1_000_000, 1L << 30, retention, Duration.ofHours(1));
    return new Compactor(
        list,
        compaction(),
        new Retention(blocks, clock),
        tenant -> new Compactor.TenantCompaction(settings, false),
        Duration.ofMinutes(5),
        new CompactorMetrics(new SimpleMeterRegistry()),
        clock);
  }

  private BlockMeta write(Map<TraceId, Trace> traces) throws IOException {
    UUID block = UUID.randomUUID();
    Path data = Files.createTempFile(folder, "data", ".parquet");
    try (OutputStream out = Files.newOutputStream(data);
        BlockWriter writer =
            new BlockWriter(
                BlockMeta.empty(block, TENANT, List.of()),
                BlockOptions.DEFAULT,
                traces.size(),
                out)) {
      for (Map.Entry<TraceId, Trace> trace : new TreeMap<>(traces).entrySet()) {
        writer.add(trace.getKey(), trace.getValue());
      }
      FinishedBlock finished = writer.finish();
      blocks.write(finished, data);
      return finished.meta();
    }
  }

  private static TraceId id(int number) {
    return new TraceId(0, number);
  }

  private static Trace trace(int number, int spans) {
    return Traces.trace(id(number), "shop", spans, NOW.getEpochSecond() - 60);
  }
}
