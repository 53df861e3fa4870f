package io.vivace.compactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vivace.block.BlockMeta;
import io.vivace.ring.Ownership;
import io.vivace.storage.BlockStore;
import io.vivace.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A compactor dies after each of its operations on the store; whatever it left, nothing is lost,
/// and the next one leaves every span once and no rubbish.
class CompactionCrashTest {
  @TempDir private Path folder;

  private ManualClock clock = new ManualClock(Cluster.NOW);
  private FaultyStore objects = new FaultyStore(clock);
  private Cluster cluster = new Cluster(objects, Path.of("unused"), clock);

  @BeforeEach
  void begin() {
    clock = new ManualClock(Cluster.NOW);
    objects = new FaultyStore(clock);
    cluster = new Cluster(objects, folder, clock);
  }

  @Test
  void losesNothingWhereverACompactorDies() throws IOException {
    int deaths = 0;
    boolean finished = false;
    for (int operations = 0; !finished; operations++) {
      begin();
      cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3), Cluster.id(2), Cluster.trace(2, 2)));
      cluster.write(Map.of(Cluster.id(2), Cluster.trace(2, 4), Cluster.id(3), Cluster.trace(3, 1)));
      cluster.write(Map.of(Cluster.id(3), Cluster.trace(3, 1)));
      Set<String> before = new HashSet<>(cluster.liveSpans());
      assertThat(before).hasSize(8);
      Cluster.Member first = cluster.member(Ownership.everything(), Duration.ZERO);
      first.list().poll();
      objects.dieAfter(operations);
      first.compactor().merge();
      finished = objects.restart() < operations;
      // whoever reads now finds everything, some of it twice
      assertThat(new HashSet<>(cluster.liveSpans()))
          .as("dead after %d", operations)
          .isEqualTo(before);
      // the next one comes at once, and again when the claim is old
      for (Duration pause : List.of(Duration.ZERO, Claims.STALE.plusSeconds(1), Duration.ZERO)) {
        clock.advance(pause);
        Cluster.Member next = cluster.member(Ownership.everything(), Duration.ZERO);
        next.list().poll();
        next.compactor().merge();
        assertThat(new HashSet<>(cluster.liveSpans()))
            .as("dead after %d, later", operations)
            .isEqualTo(before);
      }
      assertThat(cluster.liveSpans()).as("dead after %d", operations).hasSameSizeAs(before);
      assertRubbishFree(operations);
      deaths++;
    }
    assertThat(deaths).isGreaterThan(20);
  }

  /// Every object belongs to a block that is in use or was replaced.
  private void assertRubbishFree(int operations) throws IOException {
    Set<String> known =
        cluster.blocks.blocks(Cluster.TENANT).stream()
            .filter(id -> {
              try {
                BlockStore.Found found = cluster.blocks.find(Cluster.TENANT, id);
                return found.live().isPresent() || found.compacted().isPresent();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
            .map(id -> Cluster.TENANT + "/" + id)
            .collect(Collectors.toSet());
    assertThat(objects.names())
        .as("dead after %d", operations)
        .allMatch(name -> known.contains(name.substring(0, name.lastIndexOf('/'))));
  }

  @Test
  void oneOfTwoCompactorsThatBothThinkTheyOwnAJobDoesIt() throws IOException {
    BlockMeta a = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    BlockMeta b = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    CompactionJob job = new CompactionJob("hash", List.of(a, b));
    Cluster.Member first = cluster.member(Ownership.everything(), Duration.ZERO);
    Cluster.Member second = cluster.member(Ownership.everything(), Duration.ZERO);
    boolean[] tried = new boolean[1];
    // while the first one is at work the second one tries
    Optional<Compaction.Result> result =
        first
            .compaction()
            .run(
                job,
                () -> {
                  if (!tried[0]) {
                    tried[0] = true;
                    try {
                      assertThat(second.compaction().run(job, () -> true)).isEmpty();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }
                  return true;
                });
    assertThat(tried[0]).isTrue();
    assertThat(result).isPresent();
    assertThat(second.compaction().run(job, () -> true)).isEmpty();
    assertThat(cluster.liveSpans()).hasSize(3);
    assertThat(objects.names()).noneMatch(name -> name.contains("compactions"));
  }

  @Test
  void stopsAndCleansUpWhenTheJobIsNotItsOwnAnyMore() throws IOException {
    BlockMeta a = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    BlockMeta b = cluster.write(Map.of(Cluster.id(2), Cluster.trace(2, 3)));
    List<String> before = objects.names();
    CompactionJob job = new CompactionJob("hash", List.of(a, b));
    Cluster.Member member = cluster.member(Ownership.everything(), Duration.ZERO);
    assertThatThrownBy(() -> member.compaction().run(job, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not this compactor's any more");
    assertThat(objects.names()).isEqualTo(before);
  }

  @Test
  void aCompactorThatWasTakenForDeadDoesNotFinish() throws IOException {
    BlockMeta a = cluster.write(Map.of(Cluster.id(1), Cluster.trace(1, 3)));
    BlockMeta b = cluster.write(Map.of(Cluster.id(2), Cluster.trace(2, 3)));
    List<String> before = objects.names();
    CompactionJob job = new CompactionJob("hash", List.of(a, b));
    Cluster.Member slow = cluster.member(Ownership.everything(), Duration.ZERO);
    Cluster.Member other = cluster.member(Ownership.everything(), Duration.ZERO);
    assertThatThrownBy(() ->
            slow.compaction()
                .run(
                    job,
                    () -> {
                      clock.advance(Claims.STALE.plusSeconds(1));
                      try {
                        other.claims().recover(Cluster.TENANT, hash -> true);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                      return true;
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("claim is gone");
    assertThat(objects.names()).isEqualTo(before);
  }
}
