package io.vivace.compactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vivace.block.BlockMeta;
import io.vivace.block.BlockReader;
import io.vivace.ring.Ownership;
import io.vivace.storage.BlockList;
import io.vivace.storage.BlockStore;
import io.vivace.testkit.ManualClock;
import io.vivace.testkit.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {
  private static final Duration WEEKS = Duration.ofDays(14);

  private final ManualClock clock = new ManualClock(Cluster.NOW);
  private final FaultyStore objects = new FaultyStore(clock);

  @TempDir private Path folder;
  private Cluster cluster = new Cluster(objects, Path.of("unused"), clock);
  private Cluster.Member member = cluster.member(Ownership.everything(), Duration.ZERO);

  @BeforeEach
  void open() {
    cluster = new Cluster(objects, folder, clock);
    member = cluster.member(Ownership.everything(), Duration.ZERO);
  }

  @Test
  void mergesBlocksOfAWindowAndDropsDuplicateSpans() throws IOException {
    cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3), Cluster.id(2), Cluster.trace(2, 2)));
    cluster.write(Map.of(Cluster.id(2), Cluster.trace(2, 4), Cluster.id(3), Cluster.trace(3, 1)));
    merge();
    List<BlockMeta> live = live();
    assertThat(live).hasSize(1);
    assertThat(live.getFirst().compactionLevel()).isEqualTo(1);
    BlockReader merged = cluster.blocks.open(live.getFirst());
    assertThat(Traces.spans(merged.find(Cluster.id(1)).orElseThrow())).isEqualTo(3);
    assertThat(Traces.spans(merged.find(Cluster.id(2)).orElseThrow())).isEqualTo(4);
    assertThat(Traces.spans(merged.find(Cluster.id(3)).orElseThrow())).isEqualTo(1);
    assertThat(compacted()).hasSize(2);
    member.list().poll();
    assertThat(live()).isEqualTo(live);
  }

  @Test
  void keepsReadingReplacedBlocksUntilEverybodyKnowsTheNewOne() throws IOException {
    cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    cluster.write(Map.of(Cluster.id(2), Cluster.trace(2, 3)));
    merge();
    assertThat(member.list().toRead(Cluster.TENANT)).hasSize(3);
    clock.advance(Duration.ofMinutes(11));
    assertThat(member.list().toRead(Cluster.TENANT)).hasSize(1);
  }

  @Test
  void doesNotTakeAnUnfinishedBlockForABlock() throws IOException {
    BlockMeta meta = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    objects.delete(Cluster.TENANT + "/" + meta.blockId() + "/meta.json");
    merge();
    assertThat(live()).isEmpty();
  }

  @Test
  void leavesTheInputsWhenOneIsDamagedAndDoesTheOtherJobs() throws IOException {
    BlockMeta first = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    BlockMeta second = cluster.write(Map.of(Cluster.id(2), Cluster.trace(2, 3)));
    objects.write(
        Cluster.TENANT + "/" + second.blockId() + "/data.parquet", new byte[(int) second.size()]);
    List<String> before = objects.names();
    CompactionJob job = new CompactionJob("hash", List.of(first, second));
    assertThatThrownBy(() -> member.compaction().run(job, () -> true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(second.blockId().toString());
    assertThat(objects.names()).isEqualTo(before);
    PrometheusRegistry registry = new PrometheusRegistry();
    Cluster.Member counted = cluster.member(Ownership.everything(), settings(WEEKS), registry);
    counted.list().poll();
    counted.compactor().merge();
    counted.compactor().merge();
    // the second round leaves the job alone for a while
    assertThat(counter(registry, "tempodb_compaction_errors")).isEqualTo(1);
    assertThat(objects.names()).isEqualTo(before);
  }

  @Test
  void worksOnlyOnWhatItOwns() throws IOException {
    cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    cluster.write(Map.of(Cluster.id(2), Cluster.trace(2, 3)));
    long window = Cluster.NOW.minusSeconds(60).getEpochSecond() / 3600;
    String hash = Cluster.TENANT + "-0-" + window + "-0";
    member = cluster.member(key -> !key.equals(hash), WEEKS);
    merge();
    assertThat(live()).hasSize(2);
    member = cluster.member(hash::equals, WEEKS);
    merge();
    assertThat(live()).hasSize(1);
    clock.advance(Duration.ofDays(15));
    member.compactor().retain();
    assertThat(live()).hasSize(1);
  }

  @Test
  void removesBlocksPastTheirRetentionInTwoSteps() throws IOException {
    cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    member = cluster.member(Ownership.everything(), WEEKS);
    member.list().poll();
    clock.advance(Duration.ofDays(13));
    member.compactor().retain();
    assertThat(live()).hasSize(1);
    clock.advance(Duration.ofDays(2));
    member.compactor().retain();
    assertThat(live()).isEmpty();
    assertThat(compacted()).hasSize(1);
    clock.advance(Duration.ofMinutes(59));
    member.compactor().retain();
    assertThat(compacted()).hasSize(1);
    clock.advance(Duration.ofMinutes(2));
    member.compactor().retain();
    assertThat(compacted()).isEmpty();
    assertThat(objects.names()).isEmpty();
  }

  @Test
  void losesNothingAndForgetsNothingWhenItDiesWhileItRemoves() throws IOException {
    for (int operations = 0; operations < 25; operations++) {
      BlockMeta old = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
      clock.advance(Duration.ofDays(15));
      for (int round = 0; round < 2; round++) {
        Cluster.Member dying = cluster.member(Ownership.everything(), WEEKS);
        dying.list().poll();
        clock.advance(Duration.ofHours(2));
        objects.dieAfter(operations);
        dying.compactor().retain();
        objects.restart();
        if (cluster.blocks.isLive(Cluster.TENANT, old.blockId())) {
          BlockReader reader = cluster.blocks.open(old);
          assertThat(reader.find(Cluster.id(1))).as("dead after %d", operations).isPresent();
        }
      }
      for (int round = 0; round < 2; round++) {
        Cluster.Member next = cluster.member(Ownership.everything(), WEEKS);
        next.list().poll();
        clock.advance(Duration.ofHours(2));
        next.compactor().retain();
      }
      assertThat(objects.names())
          .as("dead after %d", operations)
          .allMatch(name -> name.startsWith("vivace-clock-probe-"));
    }
  }

  @Test
  void removesNothingWhenItsClockAndTheStoreDisagree() throws IOException {
    BlockMeta block = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    clock.advance(Duration.ofDays(15));
    for (Duration wrong :
        List.of(Duration.ofDays(-15), Duration.ofDays(15), Duration.ofSeconds(-61))) {
      objects.ahead = wrong;
      PrometheusRegistry registry = new PrometheusRegistry();
      Cluster.Member skewed = cluster.member(Ownership.everything(), settings(WEEKS), registry);
      skewed.list().poll();
      skewed.compactor().retain();
      assertThat(cluster.blocks.isLive(Cluster.TENANT, block.blockId())).as("%s", wrong).isTrue();
      assertThat(counter(registry, "tempodb_retention_errors")).isEqualTo(1);
    }
    objects.ahead = Duration.ofSeconds(-59);
    member = cluster.member(Ownership.everything(), WEEKS);
    member.list().poll();
    member.compactor().retain();
    assertThat(cluster.blocks.isLive(Cluster.TENANT, block.blockId())).isFalse();
  }

  private static CompactionSettings settings(Duration retention) {
    return new CompactionSettings(
        Duration.ofHours(1), 1_000_000, 1L << 30, retention, Duration.ofHours(1));
  }

  private static double counter(PrometheusRegistry registry, String name) {
    return registry.scrape(name::equals).stream()
        .map(CounterSnapshot.class::cast)
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  private void merge() throws IOException {
    member.list().poll();
    member.compactor().merge();
  }

  private List<BlockMeta> live() {
    BlockList.Tenant tenant = member.list().tenants().get(Cluster.TENANT);
    return tenant == null ? List.of() : tenant.live();
  }

  private List<UUID> compacted() {
    BlockList.Tenant tenant = member.list().tenants().get(Cluster.TENANT);
    return tenant == null
        ? List.of()
        : tenant.compacted().stream()
            .map(BlockStore.Compacted::meta)
            .map(BlockMeta::blockId)
            .toList();
  }
}
