package io.vivace.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vivace.block.BlockMeta;
import io.vivace.storage.index.TenantIndex;
import io.vivace.storage.index.TenantIndexes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockPollerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:30:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Events events = new Events();

  @TempDir private Path folder;
  private RecordingStore objects = new RecordingStore(new LocalObjectStore(Path.of("unused")));
  private BlockStore blocks = new BlockStore(objects);

  @BeforeEach
  void open() {
    objects = new RecordingStore(new LocalObjectStore(folder));
    blocks = new BlockStore(objects);
  }

  @Test
  void neverReadsAMetaThatItKnows() throws IOException {
    BlockMeta first = write("a");
    BlockPoller poller = poller(PollSettings.DEFAULT, IndexBuilders.everybody());
    Map<String, BlockList.Tenant> before = poller.poll(Map.of()).tenants();
    assertThat(a(before).live()).containsExactly(first);
    BlockMeta second = write("a");
    blocks.markCompacted("a", first.blockId());
    objects.reads.clear();
    Map<String, BlockList.Tenant> after = poller.poll(before).tenants();
    assertThat(a(after).live()).containsExactly(second);
    assertThat(a(after).compacted()).extracting(BlockStore.Compacted::meta).containsExactly(first);
    assertThat(objects.reads).containsExactly("a/" + second.blockId() + "/meta.json");
    objects.reads.clear();
    assertThat(poller.poll(after).tenants()).isEqualTo(after);
    assertThat(objects.reads).isEmpty();
  }

  @Test
  void readsTheIndexThatABuilderWrote() throws IOException {
    BlockMeta live = write("a");
    BlockMeta old = write("a");
    blocks.markCompacted("a", old.blockId());
    BlockPoller.Outcome built =
        poller(PollSettings.DEFAULT, IndexBuilders.everybody()).poll(Map.of());
    objects.reads.clear();
    BlockPoller.Outcome read = poller(PollSettings.DEFAULT, IndexBuilders.nobody()).poll(Map.of());
    assertThat(objects.reads).containsExactly("a/index.pb.zst");
    assertThat(read).isEqualTo(built);
    assertThat(a(read.tenants()).live()).containsExactly(live);
    assertThat(events.seen).contains("built a", "read a PT0S");
  }

  @Test
  void listsWhenTheIndexIsAbsentDamagedOrStale() throws IOException {
    BlockMeta live = write("a");
    PollSettings settings = settings(true, Duration.ofMinutes(10), 1, 1);
    BlockPoller poller = poller(settings, IndexBuilders.nobody());
    assertThat(a(poller.poll(Map.of()).tenants()).live()).containsExactly(live);
    assertThat(objects.list("a/")).doesNotContain("a/index.pb.zst");
    TenantIndexes indexes = new TenantIndexes(objects);
    indexes.write("a", new TenantIndex(NOW.minusSeconds(601), List.of(other("a")), List.of()));
    assertThat(a(poller.poll(Map.of()).tenants()).live()).containsExactly(live);
    objects.write("a/index.pb.zst", new byte[] {1, 2});
    assertThat(a(poller.poll(Map.of()).tenants()).live()).containsExactly(live);
    assertThat(events.seen).filteredOn("index failed a"::equals).hasSize(3);
    BlockMeta indexed = other("a");
    indexes.write("a", new TenantIndex(NOW.minusSeconds(600), List.of(indexed), List.of()));
    assertThat(a(poller.poll(Map.of()).tenants()).live()).containsExactly(indexed);
  }

  @Test
  void keepsTheListWhenThereIsNoFallback() throws IOException {
    write("a");
    BlockMeta known = other("a");
    BlockPoller poller = poller(settings(false, Duration.ZERO, 0, 1), IndexBuilders.nobody());
    BlockPoller.Outcome outcome =
        poller.poll(Map.of("a", new BlockList.Tenant(List.of(known), List.of())));
    assertThat(outcome.failures()).isEqualTo(1);
    assertThat(a(outcome.tenants()).live()).containsExactly(known);
    assertThat(events.seen).contains("failed a");
  }

  @Test
  void triesATenantAgainAndGivesUpWhenTooManyFail() throws IOException {
    for (String tenant : List.of("a", "b", "c", "d")) {
      write(tenant);
    }
    AtomicInteger attempts = new AtomicInteger();
    objects.failing = name -> name.startsWith("b/") && attempts.getAndIncrement() == 0;
    BlockPoller poller = poller(PollSettings.DEFAULT, IndexBuilders.nobody());
    assertThat(poller.poll(Map.of()).failures()).isZero();
    AtomicInteger asked = new AtomicInteger();
    objects.failing = name -> !name.isEmpty() && asked.incrementAndGet() > 0;
    BlockPoller.Outcome outcome = poller.poll(Map.of());
    assertThat(outcome.failures()).isEqualTo(4);
    // two tenants twice, index and listing; the others were not asked
    assertThat(events.seen.stream().filter(seen -> seen.startsWith("failed"))).hasSize(2);
  }

  @Test
  void readsSeveralMetasAtATime() throws IOException {
    for (int i = 0; i < 4; i++) {
      write("a");
    }
    CountDownLatch together = new CountDownLatch(4);
    objects.beforeRead =
        () -> {
          together.countDown();
          try {
            together.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    BlockPoller poller = poller(PollSettings.DEFAULT, IndexBuilders.everybody());
    assertThat(a(poller.poll(Map.of()).tenants()).live()).hasSize(4);
  }

  @Test
  void leavesBlocksThatAreHeldBackOutOfTheIndex() throws IOException {
    BlockMeta held = write("a");
    BlockMeta live = write("a");
    objects.write("a/" + held.blockId() + "/nocompact.flg", new byte[0]);
    BlockPoller builder = poller(PollSettings.DEFAULT, IndexBuilders.everybody());
    assertThat(a(builder.poll(Map.of()).tenants()).live()).containsExactly(live);
  }

  @Test
  void removesWhatIsLeftOfAnEmptyTenantWhenItIsOld() throws IOException {
    String rest = "a/" + UUID.randomUUID() + "/data.parquet";
    objects.write(rest, new byte[] {1});
    PollSettings settings =
        new PollSettings(1, 1, true, Duration.ZERO, Duration.ZERO, 0, 0, true, Duration.ofHours(1));
    BlockPoller builder = poller(settings, IndexBuilders.everybody());
    objects.times.put(rest, NOW.minus(Duration.ofMinutes(59)));
    BlockPoller.Outcome young = builder.poll(Map.of());
    assertThat(young.failures()).isZero();
    assertThat(objects.size(rest)).isEqualTo(1);
    objects.times.put(rest, NOW.minus(Duration.ofMinutes(61)));
    BlockPoller.Outcome _ = builder.poll(Map.of());
    assertThat(objects.list("")).isEmpty();
    assertThat(builder.poll(young.tenants()).tenants()).isEmpty();
    assertThat(events.seen).contains("gone a");
  }

  @Test
  void aListKeepsWhatThisProcessDidUntilAnIndexCanShowIt() throws IOException {
    BlockMeta input = write("a");
    BlockMeta output = other("a");
    new TenantIndexes(objects)
        .write("a", new TenantIndex(NOW.minusSeconds(240), List.of(input), List.of()));
    BlockList list =
        new BlockList(
            blocks,
            poller(PollSettings.DEFAULT, IndexBuilders.nobody()),
            blocks::open,
            clock,
            Duration.ofMinutes(10));
    list.poll();
    list.update("a", List.of(output), List.of(new BlockStore.Compacted(input, NOW)), List.of());
    assertThat(a(list.tenants()).live()).containsExactly(output);
    assertThat(list.toRead("a")).containsExactlyInAnyOrder(output, input);
    list.poll();
    assertThat(a(list.tenants()).live()).containsExactly(output);
    new TenantIndexes(objects)
        .write("a", new TenantIndex(NOW.plusSeconds(240), List.of(input), List.of()));
    list.poll();
    assertThat(a(list.tenants()).live()).containsExactly(input);
  }

  private BlockPoller poller(PollSettings settings, IndexBuilders builders) {
    return new BlockPoller(
        blocks, settings, builders, events, clock, new SplittableRandom(1), time -> {});
  }

  private static PollSettings settings(
      boolean fallback, Duration stale, int consecutive, int tenants) {
    return new PollSettings(
        50, 1, fallback, stale, Duration.ZERO, consecutive, tenants, false, Duration.ZERO);
  }

  private BlockMeta write(String tenant) throws IOException {
    BlockMeta meta = other(tenant);
    objects.write(BlockStore.name(tenant, meta.blockId(), BlockStore.META), meta.toJson());
    return meta;
  }

  private static BlockList.Tenant a(Map<String, BlockList.Tenant> tenants) {
    return Objects.requireNonNull(tenants.get("a"));
  }

  private static BlockMeta other(String tenant) {
    return BlockMeta.empty(UUID.randomUUID(), tenant, List.of());
  }

  private static final class Events implements PollEvents {
    final List<String> seen = new ArrayList<>();

    @Override
    public void polled(Duration duration) {}

    @Override
    public synchronized void tenantFailed(String tenant) {
      seen.add("failed " + tenant);
    }

    @Override
    public synchronized void indexFailed(String tenant) {
      seen.add("index failed " + tenant);
    }

    @Override
    public synchronized void indexRead(String tenant, Duration age) {
      seen.add("read " + tenant + " " + age);
    }

    @Override
    public synchronized void indexBuilt(String tenant) {
      seen.add("built " + tenant);
    }

    @Override
    public synchronized void listed(String tenant) {
      seen.add("listed " + tenant);
    }

    @Override
    public synchronized void blocks(String tenant, BlockList.Tenant blocks) {}

    @Override
    public synchronized void gone(String tenant) {
      seen.add("gone " + tenant);
    }
  }
}
